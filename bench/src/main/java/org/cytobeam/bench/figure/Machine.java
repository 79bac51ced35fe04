package org.cytobeam.bench.figure;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/**
 * Where and when something was measured.
 *
 * @param name processor, cores, memory, Java
 * @param day the date in UTC
 * @param commit the commit; with {@code -dirty} if files differ from it
 */
record Machine(String name, LocalDate day, String commit) {

  private static final double GIB = 1 << 30;

  /** Looks at this machine and the tree in a folder. */
  static Machine here(Path home) throws IOException, InterruptedException {
    String name =
        Text.of(
            "%s, %d cores, %.0f GiB, Java %s",
            processor(),
            Runtime.getRuntime().availableProcessors(),
            memory() / GIB,
            Runtime.version().version().stream().map(String::valueOf).collect(joining(".")));
    return new Machine(name, LocalDate.now(ZoneOffset.UTC), commit(home));
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return System.getProperty("os.arch", "");
    }
    try (Stream<String> lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch", ""));
    }
  }

  private static long memory() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getTotalMemorySize();
  }

  private static String commit(Path home) throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=9")
            .directory(home.toFile())
            .start();
    String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    git.waitFor();
    return commit.isEmpty() ? "unknown" : commit;
  }
}
