package org.cytobeam.flink;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.runners.flink.metrics.FlinkMetricContainer;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.cytobeam.pipelines.runner.LostClusterException;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipeline that runs on Flink. Unlike what Beam returns it waits no longer than it is told to,
 * says why the pipeline failed, and knows after the end how it ended.
 */
final class FlinkJob implements PipelineResult {

  private static final Logger LOG = LoggerFactory.getLogger(FlinkJob.class);

  /** An answer that takes longer is one that nobody waits for. */
  private static final int SECONDS_FOR_ANSWER = 10;

  private final JobClient client;
  private final CompletableFuture<JobExecutionResult> end;
  private MetricsContainerStepMap counters = new MetricsContainerStepMap();

  FlinkJob(JobClient client) {
    this.client = client;
    this.end = client.getJobExecutionResult();
  }

  /**
   * {@inheritDoc}
   *
   * @throws LostClusterException if the cluster can't be asked any more
   */
  @Override
  public State getState() {
    try {
      return end.getNow(null) == null ? State.RUNNING : State.DONE;
    } catch (CompletionException e) {
      return stateAfter(e);
    }
  }

  @Override
  public State waitUntilFinish() {
    return waitUntilFinish(Duration.millis(Long.MAX_VALUE));
  }

  /**
   * {@inheritDoc}
   *
   * @return {@link PipelineResult.State#RUNNING} if the time has passed before the end
   * @throws PipelineExecutionException with what a step threw, if the pipeline failed
   * @throws LostClusterException if the cluster can't be asked any more, or this thread has been
   *     interrupted and asks no more
   */
  @Override
  public State waitUntilFinish(Duration duration) {
    try {
      end.get(duration.getMillis(), TimeUnit.MILLISECONDS);
      return State.DONE;
    } catch (TimeoutException e) {
      return State.RUNNING;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LostClusterException(job(), e);
    } catch (ExecutionException e) {
      State state = stateAfter(e);
      if (state != State.FAILED) {
        return state;
      }
      LOG.info("Flink ended job {}", job(), e);
      throw new PipelineExecutionException(FlinkFailures.cause(e));
    }
  }

  /** Whether a job failed or only could not be watched, both come as an exception. */
  private State stateAfter(Exception thrown) {
    return FlinkFailures.end(thrown)
        .or(this::endTold)
        .orElseThrow(() -> new LostClusterException(job(), thrown));
  }

  private Optional<State> endTold() {
    try {
      return switch (client.getJobStatus().get(SECONDS_FOR_ANSWER, TimeUnit.SECONDS)) {
        case FINISHED -> Optional.of(State.DONE);
        case FAILED -> Optional.of(State.FAILED);
        case CANCELED -> Optional.of(State.CANCELLED);
        default -> Optional.empty();
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOG.debug("Flink can't say how job {} is", job(), e);
    }
    return Optional.empty();
  }

  private String job() {
    return client.getJobID().toString();
  }

  @Override
  public State cancel() {
    client.cancel();
    return getState();
  }

  @Override
  public synchronized MetricResults metrics() {
    counters = counters(end.isDone() ? atEnd() : client.getAccumulators()).orElse(counters);
    return MetricsContainerStepMap.asAttemptedOnlyMetricResults(counters);
  }

  private CompletableFuture<Map<String, Object>> atEnd() {
    return end.thenApply(JobExecutionResult::getAllAccumulatorResults);
  }

  private static Optional<MetricsContainerStepMap> counters(
      CompletableFuture<Map<String, Object>> accumulators) {
    try {
      Object found =
          accumulators
              .get(SECONDS_FOR_ANSWER, TimeUnit.SECONDS)
              .get(FlinkMetricContainer.ACCUMULATOR_NAME);
      return found instanceof MetricsContainerStepMap counters
          ? Optional.of(counters)
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Flink can't say how far it is", e);
    }
    return Optional.empty();
  }
}
