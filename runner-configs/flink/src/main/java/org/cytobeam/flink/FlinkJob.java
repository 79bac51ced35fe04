package org.cytobeam.flink;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipeline that runs on Flink. Unlike what Beam returns it waits no longer than it is told to,
 * says why the pipeline failed, and knows after the end how it ended.
 */
final class FlinkJob implements PipelineResult {

  private static final Logger LOG = LoggerFactory.getLogger(FlinkJob.class);

  /** An answer about counters that takes longer is one that nobody waits for. */
  private static final int SECONDS_FOR_COUNTERS = 10;

  private final JobClient client;
  private final CompletableFuture<JobExecutionResult> end;
  private MetricsContainerStepMap counters = new MetricsContainerStepMap();

  FlinkJob(JobClient client) {
    this.client = client;
    this.end = client.getJobExecutionResult();
  }

  @Override
  public State getState() {
    if (!end.isDone()) {
      return State.RUNNING;
    }
    try {
      end.get();
      return State.DONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return State.RUNNING;
    } catch (ExecutionException e) {
      return FlinkFailures.isCancellation(e) ? State.CANCELLED : State.FAILED;
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
      return State.RUNNING;
    } catch (ExecutionException e) {
      if (FlinkFailures.isCancellation(e)) {
        return State.CANCELLED;
      }
      LOG.info("Flink ended job {}", client.getJobID(), e);
      throw new PipelineExecutionException(FlinkFailures.cause(e));
    }
  }

  @Override
  public State cancel() {
    client.cancel();
    return getState();
  }

  @Override
  public synchronized MetricResults metrics() {
    if (!end.isDone()) {
      counters = countersOf(client.getAccumulators(), counters);
    }
    return MetricsContainerStepMap.asAttemptedOnlyMetricResults(counters);
  }

  private static MetricsContainerStepMap countersOf(
      CompletableFuture<Map<String, Object>> accumulators, MetricsContainerStepMap before) {
    try {
      Object found =
          accumulators
              .get(SECONDS_FOR_COUNTERS, TimeUnit.SECONDS)
              .get(FlinkMetricContainer.ACCUMULATOR_NAME);
      return found instanceof MetricsContainerStepMap counters ? counters : before;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Flink can't say how far it is", e);
    }
    return before;
  }
}
