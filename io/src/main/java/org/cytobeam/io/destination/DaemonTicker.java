package org.cytobeam.io.destination;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A ticker with one thread, which is started when it is first needed and keeps no JVM alive. */
final class DaemonTicker implements Ticker {

  private final ScheduledThreadPoolExecutor executor;

  DaemonTicker(String name) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Tick every(Duration pause, Runnable action) {
    long millis = pause.toMillis();
    Future<?> task = executor.scheduleWithFixedDelay(action, millis, millis, TimeUnit.MILLISECONDS);
    return () -> task.cancel(false);
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
