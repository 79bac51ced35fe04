package org.cytobeam.io.limits;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The time, and things to do later. Safe for use by several threads. */
public interface Scheduler {

  /** Returns nanoseconds since any moment; only differences mean something. */
  long nanoTime();

  /**
   * Runs a task in another thread, not before a while has passed, and returns at once.
   *
   * @param delayNanos 0 for as soon as a thread is free
   */
  void schedule(Runnable task, long delayNanos);

  /** Returns the clock of this machine and the threads that the JDK has for such things. */
  static Scheduler system() {
    return new Scheduler() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void schedule(Runnable task, long delayNanos) {
        if (delayNanos > 0) {
          CompletableFuture.delayedExecutor(delayNanos, TimeUnit.NANOSECONDS).execute(task);
        } else {
          var unused = CompletableFuture.runAsync(task);
        }
      }
    };
  }
}
