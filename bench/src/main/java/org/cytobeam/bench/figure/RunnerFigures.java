package org.cytobeam.bench.figure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Figures of the runners that clusters have, held against the direct runner. */
final class RunnerFigures {

  private static final List<Runner> OF_CLUSTERS = List.of(Runner.FLINK, Runner.SPARK);
  private static final int FEW = 500;

  private final Settings settings;
  private final PlateRuns runs;

  RunnerFigures(Settings settings, PlateRuns runs) {
    this.settings = settings;
    this.runs = runs;
  }

  /** What an image costs in one process on each runner. */
  List<Row> runners() throws IOException, InterruptedException {
    PlateRun direct = runs.on(Runner.DIRECT, settings.images());
    List<Row> rows = new ArrayList<>();
    for (Runner runner : OF_CLUSTERS) {
      PlateRun run = runs.on(runner, settings.images());
      rows.add(
          new Row(
              Text.of("%,d images on %s in one process", run.images(), runner.title()),
              "CPU an image ≤ 1.2 × the direct runner's",
              Text.of("%.2f ×", run.cpuMillisPerImage() / direct.cpuMillisPerImage()),
              Text.of("%s; direct: %s", Text.run(run), Text.run(direct))));
    }
    return rows;
  }

  /** How much memory workers of real clusters need, for two sizes of a plate. */
  List<Row> clusters() throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (Runner runner : OF_CLUSTERS) {
      PlateRun few = runs.onCluster(runner, FEW);
      PlateRun many = runs.onCluster(runner, settings.images());
      rows.add(
          new Row(
              Text.of(
                  "peak resident memory of a worker with a heap of %s, %,d images on a %s cluster",
                  PlateRuns.SMALL_HEAP, many.images(), runner.title()),
              "flat",
              Text.memory(many.client().peakBytes()),
              Text.of(
                  "%,d images %s; %,d images in %.1f s (%.1f images/s), of them start-up and all;"
                      + " %,d requests",
                  few.images(),
                  Text.memory(few.client().peakBytes()),
                  many.images(),
                  many.client().wall().toMillis() / 1000.0,
                  many.imagesPerSecond(),
                  many.server().requests())));
    }
    return rows;
  }
}
