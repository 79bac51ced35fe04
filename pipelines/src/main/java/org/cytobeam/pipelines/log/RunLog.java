package org.cytobeam.pipelines.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The file that a run logs to, from {@link #attach} to {@link #close}. On a cluster, where no
 * {@link LogBackend} is on the class path and logs are the cluster's own, it stays empty.
 */
public final class RunLog implements Closeable {

  private final Path file;
  private final Closeable ending;

  private RunLog(Path file, Closeable ending) {
    this.file = file;
    this.ending = ending;
  }

  /**
   * Logs to a file, after what it has in it; folders that are missing are made.
   *
   * @throws IOException if the file can't be written
   */
  public static RunLog attach(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Files.createDirectories(absolute.resolveSibling(""));
    Optional<LogBackend> backend = ServiceLoader.load(LogBackend.class).findFirst();
    return new RunLog(absolute, backend.isPresent() ? backend.get().attach(absolute) : () -> {});
  }

  /**
   * Logs to a temporary file of this machine, for runs whose output folder is elsewhere. After
   * {@link #close} the caller copies {@link #file} there and deletes it.
   *
   * @throws IOException if there is no room for temporary files
   */
  public static RunLog attachTemporary() throws IOException {
    return attach(Files.createTempFile("cytobeam-", ".log"));
  }

  /** Returns the file's absolute path. */
  public Path file() {
    return file;
  }

  /** Ends the log; the file then has all of it. */
  @Override
  public void close() throws IOException {
    ending.close();
  }
}
