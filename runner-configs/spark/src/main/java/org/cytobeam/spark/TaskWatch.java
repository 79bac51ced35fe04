package org.cytobeam.spark;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.jspecify.annotations.Nullable;

/** Counts the tasks that run, and ends all jobs when one of them aborts the run. */
final class TaskWatch extends SparkListener {

  private final SparkContext context;
  private int running;
  private @Nullable RunAbortedException abort;

  TaskWatch(SparkContext context) {
    this.context = context;
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    running++;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    synchronized (this) {
      running--;
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
    context.cancelAllJobs();
  }

  /** Returns why a task has aborted the run, if one has. */
  synchronized Optional<RunAbortedException> abort() {
    return Optional.ofNullable(abort);
  }

  /** Waits until no task runs, or for as long as that may take. */
  synchronized void awaitNone(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    try {
      while (running > 0) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
