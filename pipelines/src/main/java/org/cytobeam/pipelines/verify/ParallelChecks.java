package org.cytobeam.pipelines.verify;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.cytobeam.transforms.outcome.StoredFile;
import org.jspecify.annotations.Nullable;

/**
 * Checks files on several threads; whoever adds files waits while many are waiting already, so that
 * the memory needed does not grow with their number.
 */
final class ParallelChecks implements Closeable {

  /** Looking at a file is mostly waiting: for a disk, or for a server that is 50 ms away. */
  private static final int THREADS = 32;

  private static final int MOST_WAITING = 8 * THREADS;

  private final FileCheck check;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          work -> {
            Thread thread = new Thread(work, "verify");
            thread.setDaemon(true);
            return thread;
          });
  private final Semaphore room = new Semaphore(MOST_WAITING);
  private final Queue<Finding> findings = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Throwable> trouble = new AtomicReference<>();

  ParallelChecks(FileCheck check) {
    this.check = check;
  }

  /** Lets a file be checked soon; does nothing any more once no file can be looked at. */
  void add(StoredFile file) {
    if (trouble.get() != null) {
      return;
    }
    room.acquireUninterruptibly();
    threads.execute(
        () -> {
          try {
            check.finding(file).ifPresent(findings::add);
          } catch (IOException | RuntimeException | Error e) {
            trouble.compareAndSet(null, e);
          } finally {
            room.release();
          }
        });
  }

  /**
   * Waits until all files are checked and returns what was found, in no order.
   *
   * @throws IOException if the folder can't be looked at
   */
  List<Finding> await() throws IOException {
    try {
      room.acquire(MOST_WAITING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while files were checked");
    }
    Throwable thrown = trouble.get();
    if (thrown != null) {
      throw new IOException(String.valueOf(thrown.getMessage()), thrown);
    }
    return new ArrayList<>(findings);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
