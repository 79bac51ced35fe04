package org.cytobeam.bench.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.cytobeam.bench.server.ServerMain;
import org.cytobeam.bench.server.SyntheticFiles;
import org.cytobeam.bench.server.Throttle;

/** Figures of {@code ./cytobeam images}, beside other programs that copy files out of S3. */
final class CopyFigures {

  private static final long SMALL_BYTES = 100_000;
  private static final int SMALL_LATENCY = 50;
  private static final int LARGE_FILES = 3;
  private static final long LARGE_BYTES = 2L << 30;
  private static final int LISTED = 1_000_000;
  private static final int EVERY = 10;

  private final Settings settings;
  private final Launcher launcher;

  CopyFigures(Settings settings, Launcher launcher) {
    this.settings = settings;
    this.launcher = launcher;
  }

  /** Many small files, at once and from afar. */
  List<Row> small() throws IOException, InterruptedException {
    List<CopyTool> others = new ArrayList<>();
    if (CopyTool.isThere("rclone")) {
      for (String transfers : List.of("16", "64", "128")) {
        String parallel = "--transfers=" + transfers;
        others.add(CopyTool.rclone(parallel, "--checkers=" + transfers));
        others.add(CopyTool.rclone(parallel, "--checkers=" + transfers, "--no-traverse"));
      }
    }
    if (CopyTool.isThere("aws")) {
      others.add(CopyTool.aws(64));
    }
    return List.of(
        row(others, settings.images(), SMALL_BYTES, 0, "≥ 1.0 × rclone's rate, ≤ 512 MiB"),
        row(
            others,
            settings.images(),
            SMALL_BYTES,
            SMALL_LATENCY,
            "≥ 1.0 × rclone's rate, ≤ 512 MiB"));
  }

  /** A few files of 2 GiB. */
  List<Row> large() throws IOException, InterruptedException {
    List<CopyTool> others = new ArrayList<>();
    if (CopyTool.isThere("rclone")) {
      for (String streams : List.of("0", "4", "8")) {
        others.add(
            CopyTool.rclone("--transfers=" + LARGE_FILES, "--multi-thread-streams=" + streams));
      }
    }
    if (CopyTool.isThere("aws")) {
      others.add(CopyTool.aws(16));
    }
    return List.of(row(others, LARGE_FILES, LARGE_BYTES, 0, "≥ 0.95 × rclone's rate, ≤ 512 MiB"));
  }

  /** A long listing against a long table. */
  List<Row> listing() throws IOException, InterruptedException {
    build();
    try (WorkFolder folder = WorkFolder.in(settings.work());
        ServerProcess server =
            ServerProcess.start(
                ServerMain.files(LISTED, SMALL_BYTES), Throttle.NONE, folder.resolve("log"))) {
      Path names = folder.resolve("names.csv");
      new SyntheticFiles(LISTED, SMALL_BYTES).writeNames(names, EVERY);
      CopyTool.CopyJob job =
          new CopyTool.CopyJob(
              names, folder.resolve("out"), server.endpoint().toString(), folder.path());
      CopyTool tool = CopyTool.cytobeam(settings.home(), List.of("--dry_run"));
      ProcessBuilder builder = new ProcessBuilder(tool.command().of(job));
      builder.environment().putAll(tool.environment());
      Path log = folder.resolve("client.log");
      Usage usage = Launcher.measured(builder, log);
      Launcher.requireOutput(log, Text.of("%,d", LISTED / EVERY));
      return List.of(
          new Row(
              Text.of("%,d keys listed and held against %,d names", LISTED, LISTED / EVERY),
              "≤ 60 s, ≤ 1 GiB",
              Text.of("%.1f s, %s", usage.wall().toMillis() / 1e3, Text.memory(usage.peakBytes())),
              Text.of(
                  "CPU %.1f s; the server's %.1f s, %,d requests",
                  usage.cpu().toMillis() / 1e3,
                  server.cpu().toMillis() / 1e3,
                  server.counts().requests())));
    }
  }

  private Row row(List<CopyTool> others, int files, long bytes, int latency, String target)
      throws IOException, InterruptedException {
    build();
    Throttle throttle = settings.throttle().withLatency(latency);
    CopyTool ours = CopyTool.cytobeam(settings.home(), settings.options());
    CopyRun run = CopyRun.of(ours, files, bytes, throttle, settings.work());
    List<CopyRun> beside = new ArrayList<>();
    for (CopyTool other : others) {
      beside.add(CopyRun.of(other, files, bytes, throttle, settings.work()));
    }
    return new Row(
        Text.of("%,d files of %,d kB, %d ms latency", files, bytes / 1_000, latency),
        target,
        against(run, beside, "rclone") + against(run, beside, "aws") + run.text(),
        best(beside, "rclone") + best(beside, "aws"));
  }

  private static String against(CopyRun run, List<CopyRun> others, String program) {
    return fastest(others, program)
        .map(other -> Text.of("%.2f × %s; ", other.seconds() / run.seconds(), program))
        .orElse(program + " is not there; ");
  }

  private static String best(List<CopyRun> others, String program) {
    return fastest(others, program)
        .map(other -> Text.of("%s: %s. ", other.tool().title(), other.text()))
        .orElse("");
  }

  private static Optional<CopyRun> fastest(List<CopyRun> runs, String program) {
    return runs.stream()
        .filter(run -> run.tool().title().startsWith(program))
        .min(Comparator.comparingDouble(CopyRun::seconds));
  }

  /** The launcher builds what has changed before the clock runs. */
  private void build() throws IOException, InterruptedException {
    try (WorkFolder folder = WorkFolder.in(settings.work())) {
      launcher.run(List.of("images", "--help"), folder.resolve("build.log"), false);
    }
  }
}
