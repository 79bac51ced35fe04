package org.cytobeam.direct;

import java.util.List;
import java.util.Map;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.cytobeam.pipelines.runner.RunnerConfig;

/** Runs pipelines in this process, with threads. */
public final class DirectRunnerConfig implements RunnerConfig {

  /** With one thread the runner's own bookkeeping would take turns with the work. */
  private static final int FEWEST_THREADS = 2;

  @Override
  public String name() {
    return "direct";
  }

  @Override
  public String beamName() {
    return "DirectRunner";
  }

  @Override
  public String version() {
    return ReleaseInfo.getReleaseInfo().getVersion();
  }

  @Override
  public List<Class<? extends PipelineOptions>> options() {
    return List.of(DirectOptions.class);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The runner's checks that nobody changes an element, and that all can be encoded, copy every
   * image a few times (40 ms each): they are for tests. Blocking would leave progress unwatched.
   */
  @Override
  public Map<String, String> defaults(int maxWorkers) {
    return Map.of(
        "blockOnRun", "false",
        "enforceImmutability", "false",
        "enforceEncodability", "false",
        "targetParallelism", Integer.toString(Math.max(FEWEST_THREADS, maxWorkers)));
  }
}
