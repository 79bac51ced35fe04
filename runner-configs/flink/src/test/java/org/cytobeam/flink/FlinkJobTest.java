package org.cytobeam.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.runners.flink.metrics.FlinkMetricContainer;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.util.OptionalFailure;
import org.cytobeam.pipelines.runner.LostClusterException;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;

class FlinkJobTest {

  private final Told told = new Told();
  private final FlinkJob job = new FlinkJob(told);

  /** What a cluster tells of a job. */
  private static final class Told implements JobClient {

    private final JobID id = new JobID();
    private final CompletableFuture<JobExecutionResult> end = new CompletableFuture<>();
    private final CompletableFuture<JobStatus> status = new CompletableFuture<>();

    @Override
    public JobID getJobID() {
      return id;
    }

    @Override
    public CompletableFuture<JobStatus> getJobStatus() {
      return status;
    }

    @Override
    public CompletableFuture<Void> cancel() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<String> stopWithSavepoint(
        boolean advance, String folder, SavepointFormatType format) {
      return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public CompletableFuture<String> triggerSavepoint(String folder, SavepointFormatType format) {
      return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public CompletableFuture<Map<String, Object>> getAccumulators() {
      return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
      return end;
    }
  }

  private State waitUntilFinish() {
    return job.waitUntilFinish(Duration.ZERO);
  }

  @Test
  void runsUntilItHasEnded() {
    assertThat(waitUntilFinish(), is(State.RUNNING));
    assertThat(job.getState(), is(State.RUNNING));

    told.end.complete(new JobExecutionResult(told.id, 1, Map.of()));

    assertThat(waitUntilFinish(), is(State.DONE));
    assertThat(job.getState(), is(State.DONE));
  }

  @Test
  void tellsWhatAStepThrew() {
    IOException own = new IOException("the token has expired");
    told.end.completeExceptionally(new JobExecutionException(told.id, UserCodeException.wrap(own)));

    Exception thrown = assertThrows(PipelineExecutionException.class, this::waitUntilFinish);

    assertThat(thrown.getCause(), sameInstance(own));
    assertThat(job.getState(), is(State.FAILED));
  }

  @Test
  void hasNotFailedWhereTheClusterCannotBeAsked() {
    IOException refused = new IOException("connection refused");
    told.end.completeExceptionally(new CompletionException(refused));
    told.status.completeExceptionally(refused);

    Exception thrown = assertThrows(LostClusterException.class, this::waitUntilFinish);

    assertThat(thrown.getMessage(), containsString("about job " + told.id + ". It may go on"));
    assertThrows(LostClusterException.class, job::getState);
  }

  @Test
  void goesOnWhereOnlyItsResultCannotBeHad() {
    told.end.completeExceptionally(new IOException("too large"));
    told.status.complete(JobStatus.RUNNING);

    assertThrows(LostClusterException.class, this::waitUntilFinish);
  }

  @Test
  void endsAsTheClusterSaysWhereItsResultCannotBeHad() {
    told.end.completeExceptionally(new IOException("too large"));
    told.status.complete(JobStatus.FINISHED);

    assertThat(waitUntilFinish(), is(State.DONE));
    assertThat(job.getState(), is(State.DONE));
  }

  @Test
  void failsAsTheClusterSays() {
    told.end.completeExceptionally(new IOException("too large"));
    told.status.complete(JobStatus.FAILED);

    assertThrows(PipelineExecutionException.class, this::waitUntilFinish);
    assertThat(job.getState(), is(State.FAILED));
  }

  @Test
  void waitsNoLongerWhenInterrupted() {
    Thread.currentThread().interrupt();

    assertThrows(LostClusterException.class, this::waitUntilFinish);
    assertThat(Thread.interrupted(), is(true));
  }

  @Test
  void countsToTheEnd() {
    MetricsContainerStepMap counters = new MetricsContainerStepMap();
    MetricName name = MetricName.named("test", "images");
    counters.getContainer("step").getCounter(name).inc(7);
    told.end.complete(
        new JobExecutionResult(
            told.id,
            1,
            Map.of(FlinkMetricContainer.ACCUMULATOR_NAME, OptionalFailure.of(counters))));

    MetricResult<Long> counted =
        job.metrics().queryMetrics(MetricsFilter.builder().build()).getCounters().iterator().next();

    assertThat(counted.getAttempted(), is(7L));
  }
}
