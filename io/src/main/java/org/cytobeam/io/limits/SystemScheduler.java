package org.cytobeam.io.limits;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * This machine's clock. The JDK's own delayed executor takes a new thread for each task on a
 * machine of one or two cores.
 */
final class SystemScheduler implements Scheduler {

  static final SystemScheduler INSTANCE = new SystemScheduler();

  /** Tasks take microseconds, but one may wait for a lock that another holds. */
  private static final int THREADS = 2;

  private final ScheduledThreadPoolExecutor threads =
      new ScheduledThreadPoolExecutor(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "host-limits");
            thread.setDaemon(true);
            return thread;
          });

  private SystemScheduler() {
    threads.setRemoveOnCancelPolicy(true);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void schedule(Runnable task, long delayNanos) {
    threads.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
  }
}
