package org.cytobeam.transforms.images;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.cytobeam.io.bytes.ByteFetcher;
import org.cytobeam.io.bytes.DeferredByteFetcher;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.limits.ByteWindow;
import org.cytobeam.io.limits.Scheduler;
import org.cytobeam.io.s3.S3ByteFetcher;
import org.cytobeam.io.s3.S3ObjectReader;
import org.cytobeam.transforms.flow.Breaker;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.SharedDestinations;
import org.cytobeam.transforms.outcome.DoneIndex;
import org.cytobeam.transforms.outcome.DoneRule;
import org.jspecify.annotations.Nullable;

/**
 * Connections, the memory for what is on its way, the index of what is done, and breakers: one each
 * a process and run.
 */
final class CopySession implements Closeable {

  private static final Shared<CopySettings, CopySession> SESSIONS =
      new Shared<>(CopySession::open, CopySettings::betweenTasks);

  /** A disk takes many files at once about as quickly as one: it syncs them together. */
  private static final int WRITERS = 32;

  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration LONGEST_WRITE = Duration.ofSeconds(30);

  /** So many files in a row that can't be written are the destination's fault, not theirs. */
  private static final int MOST_FAILED_WRITES = 10;

  private final CopySettings settings;
  private final Shared.Lease<Destination> destination;
  private final DoneIndex done;
  private final ByteWindow room;
  private final ByteFetcher fetcher;
  private final ThreadPoolExecutor writers = threads();

  /** As many threads as there are lanes: each streams one object at a time. */
  private final ExecutorService streamers =
      Executors.newCachedThreadPool(task -> daemon(task, "copy-streamer"));

  private final Breaker reads = new Breaker(Breaker.DEFAULT_LIMIT);
  private final Breaker writes = new Breaker(MOST_FAILED_WRITES);
  private @Nullable S3ObjectReader reader;

  private CopySession(
      CopySettings settings, Shared.Lease<Destination> destination, DoneIndex done) {
    this.settings = settings;
    this.destination = destination;
    this.done = done;
    this.room = new ByteWindow(settings.pendingBytes(), Scheduler.system());
    this.fetcher =
        new DeferredByteFetcher(
            () -> new S3ByteFetcher(settings.s3(), settings.wholeBytes(), room));
  }

  static Shared.Lease<CopySession> lease(CopySettings settings) throws IOException {
    return SESSIONS.lease(settings);
  }

  private static CopySession open(CopySettings settings) throws IOException {
    Shared.Lease<Destination> destination = SharedDestinations.lease(settings.run().destination());
    try {
      return new CopySession(
          settings,
          destination,
          DoneIndex.load(destination.get(), settings.run(), DoneRule.none()));
    } catch (IOException | RuntimeException e) {
      destination.close();
      throw e;
    }
  }

  CopySettings settings() {
    return settings;
  }

  Destination destination() {
    return destination.get();
  }

  DoneIndex done() {
    return done;
  }

  /** Returns what fetches objects whole. */
  ByteFetcher fetcher() {
    return fetcher;
  }

  /** Returns what streams long objects; its connections are made when the first is met. */
  synchronized S3ObjectReader reader() {
    S3ObjectReader open = reader;
    if (open == null) {
      open = new S3ObjectReader(settings.s3(), room);
      reader = open;
    }
    return open;
  }

  /** Returns the threads that write files. */
  Executor writers() {
    return writers;
  }

  /** Returns the threads that stream long objects. */
  ExecutorService streamers() {
    return streamers;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private static ThreadPoolExecutor threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            WRITERS,
            WRITERS,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, "copy-writer"));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Returns what ends the run when the source gives nothing any more. */
  Breaker reads() {
    return reads;
  }

  /** Returns what ends the run when no file can be written any more. */
  Breaker writes() {
    return writes;
  }

  /** Waits for files that are being written; no others are begun. */
  @Override
  public void close() throws IOException {
    try (destination;
        fetcher) {
      closeReader();
      streamers.shutdownNow();
      writers.shutdown();
      streamers.awaitTermination(LONGEST_WRITE.toMillis(), TimeUnit.MILLISECONDS);
      writers.awaitTermination(LONGEST_WRITE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the last files were written");
    }
  }

  private synchronized void closeReader() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
