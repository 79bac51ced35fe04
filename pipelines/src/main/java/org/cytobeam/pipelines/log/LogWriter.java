package org.cytobeam.pipelines.log;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.cytobeam.io.destination.LineLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to a log with a thread of its own, so that nobody who logs waits for a disk or a
 * server. The threads of an S3 client must not: the request that they would wait for is theirs to
 * answer.
 *
 * <p>At most {@link #MOST_WAITING} events wait. Those beyond are left out, and the log says how
 * many they were. The log ends with the first line that can't be written, or when its end takes too
 * long.
 */
final class LogWriter implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  /** With stack traces of 5 kB each, about 10 MB. */
  static final int MOST_WAITING = 2048;

  /** Several attempts of a server that is slow. A run that is done waits no longer for its log. */
  private static final Duration LONGEST_END = Duration.ofSeconds(30);

  private final LineLog log;
  private final Consumer<Exception> trouble;
  private final Duration longestEnd;
  private final AtomicLong leftOut = new AtomicLong();
  private final ThreadPoolExecutor writer;
  private final AtomicBoolean isBroken = new AtomicBoolean();

  /**
   * Creates a writer.
   *
   * @param log is ended with this, or with the first trouble
   * @param trouble is told, once at most, why nothing more is written
   */
  LogWriter(LineLog log, Consumer<Exception> trouble) {
    this(log, trouble, LONGEST_END);
  }

  /**
   * Creates a writer whose end takes another time at most.
   *
   * @param longestEnd how long {@link #close} waits for what was added to be written
   */
  LogWriter(LineLog log, Consumer<Exception> trouble, Duration longestEnd) {
    this.log = log;
    this.trouble = trouble;
    this.longestEnd = longestEnd;
    this.writer =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), LogWriter::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "run-log");
    thread.setDaemon(true);
    return thread;
  }

  /** Adds an event of one or more lines; comes back at once. */
  void add(String event) {
    if (writer.getQueue().size() < MOST_WAITING) {
      execute(() -> write(event));
    } else {
      leftOut.incrementAndGet();
    }
  }

  /** Comes back when all that was added is written, or when that has taken too long. */
  @Override
  public void close() {
    execute(this::end);
    writer.shutdown();
    try {
      if (writer.awaitTermination(longestEnd.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    breakOff(
        new IOException("its end could not be written within " + longestEnd.toSeconds() + " s"));
    writer.shutdownNow();
  }

  /**
   * Ends the log here, and tells why. The log is ended by a thread of its own: it may wait for the
   * writing that is under way.
   */
  void breakOff(Exception why) {
    if (isBroken.compareAndSet(false, true)) {
      trouble.accept(why);
      thread(this::discard).start();
    }
  }

  private void discard() {
    try {
      log.discard();
    } catch (IOException | RuntimeException e) {
      LOG.debug("What had been gathered of the log could not be discarded", e);
    }
  }

  /** Something that writes. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  /** What comes after the end is left out. */
  private void execute(Writing writing) {
    try {
      writer.execute(() -> unlessBroken(writing));
    } catch (RejectedExecutionException e) {
      leftOut.incrementAndGet();
    }
  }

  private void unlessBroken(Writing writing) {
    if (isBroken.get()) {
      return;
    }
    try {
      writing.run();
    } catch (IOException | RuntimeException e) {
      breakOff(e);
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
