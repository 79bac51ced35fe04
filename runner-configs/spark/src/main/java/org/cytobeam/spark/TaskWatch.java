package org.cytobeam.spark;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.jspecify.annotations.Nullable;

/** Knows the tasks that run, and ends all jobs when one of them aborts the run. */
final class TaskWatch extends SparkListener {

  /** Of a context that has ended, tasks no longer tell their end. They are interrupted by then. */
  private static final Duration LONGEST_AFTER_CONTEXT = Duration.ofMillis(500);

  private final Runnable endJobs;

  /**
   * By their ids: of a task that has ended well Spark tells the end once more when its executor is
   * lost later, so that counting starts and ends would count too few.
   */
  private final Set<Long> running = new HashSet<>();

  private boolean contextEnded;
  private @Nullable RunAbortedException abort;

  /**
   * Makes a watch.
   *
   * @param endJobs ends all jobs of the context
   */
  TaskWatch(Runnable endJobs) {
    this.endJobs = endJobs;
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    running.add(start.taskInfo().taskId());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    synchronized (this) {
      running.remove(end.taskInfo().taskId());
      notifyAll();
    }
    if (end.reason() instanceof ExceptionFailure failure && failure.exception().isDefined()) {
      abortIn(failure.exception().get()).ifPresent(this::aborted);
    }
  }

  private static Optional<RunAbortedException> abortIn(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof RunAbortedException aborted) {
        return Optional.of(aborted);
      }
    }
    return Optional.empty();
  }

  private void aborted(RunAbortedException cause) {
    synchronized (this) {
      if (abort != null) {
        return;
      }
      abort = cause;
    }
    endJobs.run();
  }

  /** Returns why a task has aborted the run, if one has. */
  synchronized Optional<RunAbortedException> abort() {
    return Optional.ofNullable(abort);
  }

  /** The context ends by itself too: Spark ends it as soon as the process is told to end. */
  @Override
  public synchronized void onApplicationEnd(SparkListenerApplicationEnd end) {
    contextEnded = true;
    notifyAll();
  }

  /**
   * Waits until no task runs, or for as long as that may take.
   *
   * @return whether none runs
   */
  synchronized boolean awaitNone(Duration longest) {
    try {
      await(longest, true);
      if (contextEnded) {
        await(LONGEST_AFTER_CONTEXT, false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return running.isEmpty();
  }

  private void await(Duration longest, boolean untilContextEnds) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    long left = longest.toNanos();
    while (!running.isEmpty() && left > 0 && !(untilContextEnds && contextEnded)) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
  }
}
