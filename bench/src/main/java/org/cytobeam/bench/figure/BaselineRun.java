package org.cytobeam.bench.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cytobeam.bench.baseline.SequentialBaseline;
import org.cytobeam.bench.plate.SyntheticPlate;
import org.cytobeam.bench.server.ServerMain;

/**
 * A run of the sequential baseline against the same kind of server.
 *
 * @param images how many were counted
 * @param seconds how long they took
 * @param cpuMillisPerImage the processors' time of the whole process, for each image it made
 */
record BaselineRun(int images, double seconds, double cpuMillisPerImage) {

  private static final List<String> FLAGS =
      List.of("-XX:MaxRAMPercentage=50", "-XX:+UseParallelGC");
  private static final double NANOS_PER_SECOND = 1e9;

  static BaselineRun measure(Settings settings) throws IOException, InterruptedException {
    Progress.say("baseline: %,d images, one after the other", settings.baselineImages());
    SyntheticPlate plate =
        SyntheticPlate.ofImages(
            settings.baselineImages() + SequentialBaseline.WARM_UP, settings.source().channels());
    try (WorkFolder folder = WorkFolder.in(settings.work());
        ServerProcess server =
            ServerProcess.start(
                ServerMain.plate(settings.source(), plate.sites()),
                settings.throttle().withLatency(0),
                folder.resolve("server.log"))) {
      Path printed = folder.resolve("baseline.log");
      ProcessBuilder builder =
          JavaCommand.of(
                  SequentialBaseline.class,
                  FLAGS,
                  server.endpoint(),
                  settings.source(),
                  settings.baselineImages(),
                  Files.createDirectory(folder.resolve("out")))
              .redirectErrorStream(true)
              .redirectOutput(printed.toFile());
      Usage usage = MeasuredProcess.run(builder);
      String text = Files.readString(printed).strip();
      if (usage.exitCode() != 0) {
        throw new WrongResultException("the baseline ended with " + usage.exitCode() + ": " + text);
      }
      String[] counted = text.split(" ", -1);
      BaselineRun run =
          new BaselineRun(
              Integer.parseInt(counted[0]),
              Long.parseLong(counted[1]) / NANOS_PER_SECOND,
              (double) usage.cpu().toMillis()
                  / (settings.baselineImages() + SequentialBaseline.WARM_UP));
      Progress.say("  %s", run.text());
      return run;
    }
  }

  String text() {
    return Text.of(
        "%.1f images/s over %d images, CPU an image %.1f ms",
        imagesPerSecond(), images, cpuMillisPerImage);
  }

  double imagesPerSecond() {
    return images / seconds;
  }
}
