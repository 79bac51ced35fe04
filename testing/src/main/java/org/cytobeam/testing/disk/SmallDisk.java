package org.cytobeam.testing.disk;

import java.io.IOException;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/**
 * A file system of its own in memory. Where it may not be mounted the test is aborted; or it fails,
 * if the system property or the environment variable {@value #SETTING} is 1.
 */
public final class SmallDisk implements AutoCloseable {

  private static final String SETTING = "CYTOBEAM_MUST_MOUNT";

  private final Path folder;
  private boolean mounted = true;

  /** Mounts a file system with options of tmpfs, such as {@code size=1m}, on a folder. */
  public SmallDisk(Path folder, String options) throws IOException, InterruptedException {
    this.folder = folder;
    if (!runs("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString())) {
      throw notMounted(options);
    }
  }

  private static RuntimeException notMounted(String options) {
    String message =
        "not tested is what happens on a disk with "
            + options
            + ": it can't be mounted here, which needs root";
    return "1".equals(System.getProperty(SETTING, System.getenv(SETTING)))
        ? new IllegalStateException(message)
        : new TestAbortedException(message);
  }

  /** Gives it other options, such as {@code ro}. */
  public void remount(String options) throws IOException, InterruptedException {
    if (!runs("mount", "-o", "remount," + options, folder.toString())) {
      throw new IOException("remount failed");
    }
  }

  /** Takes it away from under those who have files open in it. */
  public void detach() throws IOException, InterruptedException {
    unmount("umount", "--lazy", folder.toString());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (mounted) {
      unmount("umount", folder.toString());
    }
  }

  private void unmount(String... command) throws IOException, InterruptedException {
    if (!runs(command)) {
      throw new IOException("umount failed");
    }
    mounted = false;
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
