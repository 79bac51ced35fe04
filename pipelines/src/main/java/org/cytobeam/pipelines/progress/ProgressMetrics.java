package org.cytobeam.pipelines.progress;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.cytobeam.transforms.outcome.RunCounters;

/** Reads the {@link RunCounters} of a pipeline while it runs. */
public final class ProgressMetrics implements ProgressSource {

  private static final MetricsFilter OURS =
      MetricsFilter.builder()
          .addNameFilter(MetricNameFilter.inNamespace(RunCounters.NAMESPACE))
          .build();

  private final PipelineResult result;
  private final long total;

  /**
   * Creates a reader.
   *
   * @param total how many items the run has, 0 if that is not known
   */
  public ProgressMetrics(PipelineResult result, long total) {
    this.result = result;
    this.total = total;
  }

  /**
   * {@inheritDoc}
   *
   * @throws RuntimeException if the runner can't say, as some can't right before or after the run
   */
  @Override
  public Progress now() {
    Map<String, Long> counts = new HashMap<>();
    for (MetricResult<Long> counter : result.metrics().queryMetrics(OURS).getCounters()) {
      counts.merge(counter.getName().getName(), counter.getAttempted(), Long::sum);
    }
    return new Progress(
        total,
        counts.getOrDefault(RunCounters.ITEMS_DONE, 0L),
        counts.getOrDefault(RunCounters.ITEMS_ALREADY_DONE, 0L),
        counts.getOrDefault(RunCounters.ITEMS_FAILED, 0L),
        counts.getOrDefault(RunCounters.ITEMS_FETCHED, 0L),
        counts.getOrDefault(RunCounters.BYTES_FETCHED, 0L),
        counts.getOrDefault(RunCounters.RETRIES, 0L));
  }
}
