package org.cytobeam.pipelines.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.cytobeam.io.destination.LineLog;

/**
 * Writes events to a log with a thread of its own, so that nobody who logs waits for a disk or a
 * server. The threads of an S3 client must not: the request that they would wait for is theirs to
 * answer.
 *
 * <p>At most {@link #MOST_WAITING} events wait. Those beyond are left out, and the log says how
 * many they were. The log ends with the first line that can't be written.
 */
final class LogWriter implements Closeable {

  /** With stack traces of 5 kB each, about 10 MB. */
  static final int MOST_WAITING = 2048;

  /** Longer than all attempts at one S3 request take by default. */
  private static final long LONGEST_END_MINUTES = 12;

  private final LineLog log;
  private final Consumer<Exception> trouble;
  private final AtomicLong leftOut = new AtomicLong();
  private final ThreadPoolExecutor writer;
  private volatile boolean isBroken;

  /**
   * Creates a writer.
   *
   * @param log is closed with this
   * @param trouble is told, once at most, why nothing more is written
   */
  LogWriter(LineLog log, Consumer<Exception> trouble) {
    this.log = log;
    this.trouble = trouble;
    this.writer =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            LogWriter::thread,
            (event, full) -> leftOut.incrementAndGet());
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "run-log");
    thread.setDaemon(true);
    return thread;
  }

  /** Adds an event of one or more lines; comes back at once. */
  void add(String event) {
    writer.execute(() -> unlessBroken(() -> write(event)));
  }

  /** Comes back when all that was added is written. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (writer.awaitTermination(LONGEST_END_MINUTES, TimeUnit.MINUTES)) {
        unlessBroken(this::end);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Something that writes. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private void unlessBroken(Writing writing) {
    if (isBroken) {
      return;
    }
    try {
      writing.run();
    } catch (IOException | RuntimeException e) {
      isBroken = true;
      trouble.accept(e);
    }
  }

  private void write(String event) throws IOException {
    writeLeftOut();
    for (String line : event.lines().toList()) {
      log.append(line);
    }
  }

  private void writeLeftOut() throws IOException {
    long events = leftOut.getAndSet(0);
    if (events > 0) {
      log.append("(" + events + " events that came too fast are not in this log)");
    }
  }

  private void end() throws IOException {
    writeLeftOut();
    log.close();
  }
}
