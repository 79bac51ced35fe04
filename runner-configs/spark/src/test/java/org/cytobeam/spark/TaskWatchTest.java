package org.cytobeam.spark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.Resubmitted$;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.List;

final class TaskWatchTest {

  private final AtomicInteger endings = new AtomicInteger();
  private final TaskWatch watch = new TaskWatch(endings::incrementAndGet);

  @Test
  void noneRunsBeforeTheFirstAndAfterTheLast() {
    assertThat(watch.awaitNone(Duration.ZERO), is(true));

    start(0);
    assertThat(watch.awaitNone(Duration.ZERO), is(false));

    end(0, Success$.MODULE$);
    assertThat(watch.awaitNone(Duration.ZERO), is(true));
  }

  /** Spark tells the end of a finished task again when it loses the executor that ran it. */
  @Test
  void aTaskThatEndsTwiceHidesNoOther() {
    start(0);
    end(0, Success$.MODULE$);
    start(1);

    end(0, Resubmitted$.MODULE$);

    assertThat(watch.awaitNone(Duration.ZERO), is(false));
  }

  @Test
  void theFirstTaskThatAbortsTheRunEndsAllJobsOnce() {
    RunAbortedException first = new RunAbortedException("the disk is full");
    start(0);
    start(1);

    end(0, failure(new IllegalStateException(first)));
    end(1, failure(new RunAbortedException("the disk is full too")));

    assertThat(endings.get(), is(1));
    assertThat(watch.abort(), is(Optional.of(first)));
  }

  @Test
  void aTaskThatFailsOtherwiseEndsNothing() {
    start(0);

    end(0, failure(new IllegalStateException("by chance")));

    assertThat(endings.get(), is(0));
    assertThat(watch.abort(), is(Optional.empty()));
  }

  private void start(long task) {
    watch.onTaskStart(new SparkListenerTaskStart(0, 0, info(task)));
  }

  private void end(long task, TaskEndReason reason) {
    watch.onTaskEnd(
        new SparkListenerTaskEnd(
            0, 0, "ResultTask", reason, info(task), new ExecutorMetrics(), new TaskMetrics()));
  }

  private static TaskInfo info(long task) {
    return new TaskInfo(task, 0, 0, 0, 0, "0", "127.0.0.1", TaskLocality.ANY(), false);
  }

  private static TaskEndReason failure(Exception thrown) {
    return new ExceptionFailure(thrown, List.empty());
  }
}
