package org.cytobeam.pipelines.images;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.cytobeam.pipelines.cli.Console;
import org.cytobeam.pipelines.text.Quantity;
import org.cytobeam.transforms.images.MatchCounters;
import org.cytobeam.transforms.images.MatchObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how far the matching of names is, as far as the runner knows: in a line that stays on a
 * terminal, every 30 s elsewhere.
 */
final class MatchProgress implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(MatchProgress.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);

  private static final MetricsFilter COUNTERS =
      MetricsFilter.builder()
          .addNameFilter(MetricNameFilter.inNamespace(MatchObjects.class))
          .build();

  private final PipelineResult result;
  private final Console console;
  private long told = System.nanoTime();

  MatchProgress(PipelineResult result, Console console) {
    this.result = result;
    this.console = console;
  }

  /** Returns how long to wait between two looks. */
  Duration pause() {
    return BETWEEN_LOOKS;
  }

  @Override
  public void run() {
    try {
      show(text());
    } catch (RuntimeException e) {
      LOG.debug("The runner can't say how far it is", e);
    }
  }

  private void show(String text) {
    boolean isTimeForLine = System.nanoTime() - told >= BETWEEN_LINES.toNanos();
    if (console.isTerminal()) {
      console.status(text.substring(0, Math.min(text.length(), console.statusWidth())));
    } else if (isTimeForLine && !console.isQuiet()) {
      told = System.nanoTime();
      console.message(text);
    }
  }

  /** Returns what was counted so far, by the names of {@link MatchCounters}. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new HashMap<>();
    for (MetricResult<Long> counter : result.metrics().queryMetrics(COUNTERS).getCounters()) {
      counts.merge(counter.getName().getName(), counter.getAttempted(), Long::sum);
    }
    return counts;
  }

  private String text() {
    Map<String, Long> counts = counts();
    return "Looking for the images: "
        + Quantity.of(counts.getOrDefault(MatchCounters.KEYS_LISTED, 0L), "object")
        + " listed, "
        + Quantity.of(counts.getOrDefault(MatchCounters.MATCHED, 0L), "name")
        + " found";
  }
}
