package org.cytobeam.pipelines.record;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine that a run was started on.
 *
 * @param name the name that it gives itself, empty if unknown
 * @param os the operating system with its version
 * @param arch the kind of processor
 * @param cores how many processors this process may use
 * @param memoryBytes the memory of the machine, or of the container
 * @param heapBytes the most that this process's heap may take
 */
record Host(String name, String os, String arch, int cores, long memoryBytes, long heapBytes) {

  /** Asking the resolver can take seconds, and is not needed here. */
  private static final Path LINUX_NAME = Path.of("/proc/sys/kernel/hostname");

  /** Looks at this machine. */
  static Host here() {
    Runtime runtime = Runtime.getRuntime();
    return new Host(
        nameHere(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch", ""),
        runtime.availableProcessors(),
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getTotalMemorySize(),
        runtime.maxMemory());
  }

  private static String nameHere() {
    try {
      return Files.isReadable(LINUX_NAME)
          ? Files.readString(LINUX_NAME).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "";
    }
  }
}
