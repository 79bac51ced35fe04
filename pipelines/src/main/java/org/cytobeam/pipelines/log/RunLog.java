package org.cytobeam.pipelines.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.LineLog;

/**
 * What is logged from {@link #attach} to {@link #close}, in a file of the output folder. Lines are
 * written while the run runs, so that a run that is killed has its log too.
 *
 * <p>A log that can't be written ends there, and is no reason for the run to end.
 */
public final class RunLog implements Closeable {

  private final List<Runnable> ends;

  private RunLog(List<Runnable> ends) {
    this.ends = ends;
  }

  /** Returns a log of nothing. */
  public static RunLog none() {
    return new RunLog(List.of());
  }

  /**
   * Begins to log. Where no {@link LogBackend} is on the class path, as on a cluster, whose logs
   * are its own, nothing is written.
   *
   * @param path of the log's file, which is not there yet
   * @param trouble is told, once at most and by any thread, why the log has no more lines
   */
  public static RunLog attach(
      Destination destination, String path, LogStyle style, Consumer<Exception> trouble) {
    Optional<LogBackend> backend = ServiceLoader.load(LogBackend.class).findFirst();
    if (backend.isEmpty()) {
      return none();
    }
    try {
      return attach(backend.get(), style, destination.log(path), trouble);
    } catch (IOException | RuntimeException e) {
      trouble.accept(e);
      return none();
    }
  }

  /** Lets a backend write into a log, which is ended with the result, or by this if it can't. */
  static RunLog attach(
      LogBackend backend, LogStyle style, LineLog log, Consumer<Exception> trouble) {
    LogWriter writer = new LogWriter(log, trouble);
    try {
      return new RunLog(List.of(backend.attach(style, writer::add), writer::close));
    } catch (RuntimeException e) {
      writer.breakOff(e);
      writer.close();
      return none();
    }
  }

  /** Ends the log; it then has all that was logged, unless there was trouble. */
  @Override
  public void close() {
    ends.forEach(Runnable::run);
  }
}
