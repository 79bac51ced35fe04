package org.cytobeam.bench.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.cytobeam.bench.server.ServerMain;
import org.cytobeam.bench.server.SyntheticFiles;
import org.cytobeam.bench.server.Throttle;

/**
 * A program's copy of some files, which was found right.
 *
 * @param tool the program
 * @param files how many there were
 * @param bytes the length of each
 * @param usage what the process took
 * @param serverCpu the processors' time that the server took meanwhile
 */
record CopyRun(CopyTool tool, int files, long bytes, Usage usage, Duration serverCpu) {

  /** Serves files, lets a program copy all of them, and compares what it made. */
  static CopyRun of(CopyTool tool, int count, long bytes, Throttle throttle, Path work)
      throws IOException, InterruptedException {
    Progress.say(
        "%s: %,d files of %,d bytes, %d ms latency",
        tool.title(), count, bytes, throttle.latencyMillis());
    SyntheticFiles files = new SyntheticFiles(count, bytes);
    try (WorkFolder folder = WorkFolder.in(work);
        ServerProcess server =
            ServerProcess.start(
                ServerMain.files(count, bytes), throttle, folder.resolve("server.log"))) {
      Path names = folder.resolve("names.csv");
      Path output = folder.resolve("out");
      files.writeNames(names, 1);
      CopyTool.CopyJob job =
          new CopyTool.CopyJob(names, output, server.endpoint().toString(), folder.path());
      ProcessBuilder builder = new ProcessBuilder(tool.command().of(job));
      // Of no use on the loopback, and rclone takes no other certificates than its own.
      builder.environment().remove("AWS_CA_BUNDLE");
      builder.environment().putAll(tool.environment());
      Usage usage = Launcher.measured(builder, folder.resolve("client.log"));
      CopyRun run = new CopyRun(tool, count, bytes, usage, server.cpu());
      requireRight(files, output);
      Progress.say("  %s", run.text());
      return run;
    }
  }

  private static void requireRight(SyntheticFiles files, Path output) throws IOException {
    for (int i = 0; i < files.count(); i++) {
      if (!files.isCopy(output.resolve(SyntheticFiles.name(i)), i)) {
        throw new WrongResultException(SyntheticFiles.name(i) + " is not what was served");
      }
    }
  }

  double seconds() {
    return usage.wall().toMillis() / 1e3;
  }

  String text() {
    return Text.of(
        "%.2f s (%,.0f files/s, %,.0f MB/s), CPU %.1f s (user %.1f, system %.1f), server's %.1f s,"
            + " peak %s",
        seconds(),
        files / seconds(),
        files * bytes / 1e6 / seconds(),
        usage.cpu().toMillis() / 1e3,
        usage.user().toMillis() / 1e3,
        usage.system().toMillis() / 1e3,
        serverCpu.toMillis() / 1e3,
        Text.memory(usage.peakBytes()));
  }
}
