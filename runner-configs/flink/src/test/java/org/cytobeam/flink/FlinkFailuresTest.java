package org.cytobeam.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.JobException;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

class FlinkFailuresTest {

  private static final JobID JOB = new JobID();

  private final IOException own = new IOException("the token has expired", new Exception("403"));

  private static ExecutionException told(Throwable failure) {
    return new ExecutionException(
        new JobExecutionException(JOB, new JobException("Recovery is suppressed", failure)));
  }

  @Test
  void findsWhatAStepThrew() {
    RuntimeException between = new RuntimeException(UserCodeException.wrap(own));

    assertThat(FlinkFailures.cause(told(UserCodeException.wrap(between))), sameInstance(own));
  }

  @Test
  void readsWhatCameFromAWorker() {
    Throwable cause =
        FlinkFailures.cause(told(new SerializedThrowable(UserCodeException.wrap(own))));

    assertThat(cause, instanceOf(IOException.class));
    assertThat(cause.getMessage(), is("the token has expired"));
  }

  @Test
  void findsTheRootWhereNoStepThrew() {
    IllegalStateException lost = new IllegalStateException("TaskManager 1 is gone");

    assertThat(FlinkFailures.cause(told(lost)), sameInstance(lost));
  }

  @Test
  void knowsHowAJobEnded() {
    ExecutionException cancelled =
        new ExecutionException(new JobCancellationException(JOB, "Job was cancelled.", null));

    assertThat(FlinkFailures.end(cancelled), is(Optional.of(State.CANCELLED)));
    assertThat(FlinkFailures.end(told(own)), is(Optional.of(State.FAILED)));
    assertThat(FlinkFailures.end(new ExecutionException(own)), is(Optional.empty()));
  }
}
