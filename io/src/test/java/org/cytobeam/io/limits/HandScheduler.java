package org.cytobeam.io.limits;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A scheduler whose time passes when the test says so, without threads. */
final class HandScheduler implements Scheduler {

  private record Task(long time, long order, Runnable action) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::time).thenComparingLong(Task::order));
  private long now;
  private long added;

  /** Begins at any number, as {@link System#nanoTime} does. */
  HandScheduler(long now) {
    this.now = now;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void schedule(Runnable task, long delayNanos) {
    tasks.add(new Task(now + delayNanos, added++, task));
  }

  /** Returns how many tasks have been scheduled so far. */
  long scheduled() {
    return added;
  }

  /** Lets time pass, doing what is due at its time. */
  void pass(long nanos) {
    long end = now + nanos;
    while (!tasks.isEmpty() && tasks.peek().time() <= end) {
      Task next = tasks.remove();
      now = Math.max(now, next.time());
      next.action().run();
    }
    now = end;
  }

  /** Does what is due now. */
  void settle() {
    pass(0);
  }
}
