package org.cytobeam.io.destination;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

/** A file system of its own in memory; the test is aborted where it may not be mounted. */
final class SmallDisk implements AutoCloseable {

  private final Path folder;

  /** Mounts a file system with options of tmpfs, such as {@code size=1m}. */
  SmallDisk(Path folder, String options) throws IOException, InterruptedException {
    this.folder = folder;
    assumeTrue(
        runs("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()),
        "a small file system can't be mounted here");
  }

  void remount(String options) throws IOException, InterruptedException {
    if (!runs("mount", "-o", "remount," + options, folder.toString())) {
      throw new IOException("remount failed");
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (!runs("umount", folder.toString())) {
      throw new IOException("umount failed");
    }
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
