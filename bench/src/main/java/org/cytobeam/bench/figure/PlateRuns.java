package org.cytobeam.bench.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cytobeam.bench.images.ImageSource;
import org.cytobeam.bench.plate.SyntheticPlate;
import org.cytobeam.bench.server.ServerMain;
import org.cytobeam.bench.server.Throttle;

/** Runs {@code plate} over plates; a plate that several figures need is run once. */
final class PlateRuns {

  static final String SMALL_HEAP = "512m";

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
    return of(new Kind(images, source, latencyMillis, Runner.DIRECT, false));
  }

  /** As {@link #of}, in one process on any runner. */
  PlateRun on(Runner runner, int images) throws IOException, InterruptedException {
    return of(new Kind(images, settings.source(), 0, runner, false));
  }

  /**
   * As {@link #of}, on a real cluster of two workers with a small heap. Its processors' time is
   * that of the process alone which submits; its memory, that of a worker.
   */
  PlateRun onCluster(Runner runner, int images) throws IOException, InterruptedException {
    return of(new Kind(images, settings.source(), 0, runner, true));
  }

  private PlateRun of(Kind kind) throws IOException, InterruptedException {
    PlateRun known = done.get(kind);
    if (known != null) {
      return known;
    }
    PlateRun run = run(SyntheticPlate.ofImages(kind.images, kind.source.channels()), kind);
    done.put(kind, run);
    return run;
  }

  private PlateRun run(SyntheticPlate plate, Kind kind) throws IOException, InterruptedException {
    Progress.say(
        "plate: %,d images, %d ms latency, on %s%s",
        plate.images(),
        kind.latencyMillis,
        kind.runner.title(),
        kind.cluster ? " as a cluster" : "");
    Throttle throttle = settings.throttle().withLatency(kind.latencyMillis);
    try (WorkFolder folder = WorkFolder.in(settings.work());
        ServerProcess server =
            ServerProcess.start(
                ServerMain.plate(kind.source, plate.sites()),
                throttle,
                folder.resolve("server.log"))) {
      plate.writeTable(folder.resolve("load_data.csv"));
      List<String> options = new ArrayList<>();
      options.add("--channels");
      options.add(String.join(",", plate.channels()));
      options.addAll(settings.options());
      Usage usage =
          run(
              kind,
              folder,
              Launcher.plate(
                  folder.resolve("load_data.csv"),
                  folder.resolve("out"),
                  server.endpoint(),
                  options));
      PlateRun run = new PlateRun(plate.images(), usage, server.cpu(), server.counts());
      PlateOutput.in(folder.resolve("out")).requireRight(plate, kind.source.load());
      Progress.say("  %s", Text.run(run));
      return run;
    }
  }

  private Usage run(Kind kind, WorkFolder folder, List<String> arguments)
      throws IOException, InterruptedException {
    Path log = folder.resolve("client.log");
    if (kind.cluster) {
      String master = "--" + kind.runner.module() + "Master=anywhere";
      launcher.build(kind.runner, List.of(master), log);
      Map<String, String> environment = Map.of("CYTOBEAM_CLUSTER_HEAP", SMALL_HEAP);
      try (Cluster cluster =
          Cluster.start(launcher.home(), kind.runner, folder.path(), environment)) {
        return launcher.run(cluster, arguments, log);
      }
    }
    if (kind.runner == Runner.DIRECT) {
      return launcher.run(arguments, log, true);
    }
    launcher.build(kind.runner, List.of(), log);
    List<String> onRunner = new ArrayList<>(arguments);
    onRunner.add("--runner=" + kind.runner.module());
    return launcher.run(onRunner, log, true);
  }

  private record Kind(
      int images, ImageSource source, int latencyMillis, Runner runner, boolean cluster) {}
}
