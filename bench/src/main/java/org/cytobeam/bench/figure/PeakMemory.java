package org.cytobeam.bench.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The kernel's own high-water mark of a process's resident memory, where there is {@code /proc}.
 */
final class PeakMemory {

  private static final long BYTES_PER_KB = 1024;

  private PeakMemory() {}

  /** Returns it in bytes; 0 if the process has just ended, or this is no Linux. */
  static long of(long pid) {
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
    } catch (IOException e) {
      return 0;
    }
    return lines.stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KB)
        .findFirst()
        .orElse(0);
  }
}
