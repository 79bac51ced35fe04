package org.cytobeam.bench.figure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cytobeam.bench.images.ImageSource;
import org.cytobeam.bench.plate.SyntheticPlate;
import org.cytobeam.bench.server.Throttle;

/** Runs {@code plate} over plates; a plate that several figures need is run once. */
final class PlateRuns {

  private final Settings settings;
  private final Launcher launcher;
  private final Map<Kind, PlateRun> done = new HashMap<>();

  PlateRuns(Settings settings, Launcher launcher) {
    this.settings = settings;
    this.launcher = launcher;
  }

  /** Makes at least that many images, those of whole sites. */
  PlateRun of(int images, ImageSource source, int latencyMillis)
      throws IOException, InterruptedException {
    Kind kind = new Kind(images, source, latencyMillis);
    PlateRun known = done.get(kind);
    if (known != null) {
      return known;
    }
    PlateRun run = run(SyntheticPlate.ofImages(images, source.channels()), kind);
    done.put(kind, run);
    return run;
  }

  private PlateRun run(SyntheticPlate plate, Kind kind) throws IOException, InterruptedException {
    Progress.say("plate: %,d images, %d ms latency", plate.images(), kind.latencyMillis);
    Throttle throttle = settings.throttle().withLatency(kind.latencyMillis);
    try (WorkFolder folder = WorkFolder.in(settings.work());
        ServerProcess server =
            ServerProcess.start(plate, kind.source, throttle, folder.resolve("server.log"))) {
      plate.writeTable(folder.resolve("load_data.csv"));
      List<String> options = new ArrayList<>();
      options.add("--channels");
      options.add(String.join(",", plate.channels()));
      options.addAll(settings.plateOptions());
      Usage usage =
          launcher.run(
              Launcher.plate(
                  folder.resolve("load_data.csv"),
                  folder.resolve("out"),
                  server.endpoint(),
                  options),
              folder.resolve("client.log"),
              true);
      PlateRun run = new PlateRun(plate.images(), usage, server.cpu(), server.counts());
      PlateOutput.in(folder.resolve("out")).requireRight(plate, kind.source.load());
      Progress.say("  %s", Text.run(run));
      return run;
    }
  }

  private record Kind(int images, ImageSource source, int latencyMillis) {}
}
