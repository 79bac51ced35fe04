package org.cytobeam.flink;

import java.util.List;
import java.util.Map;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.cytobeam.pipelines.runner.RunnerConfig;

/** Runs pipelines on Flink. */
public final class FlinkRunnerConfig implements RunnerConfig {

  @Override
  public String name() {
    return "flink";
  }

  @Override
  public String beamName() {
    return "FlinkRunner";
  }

  @Override
  public String version() {
    return ReleaseInfo.getReleaseInfo().getVersion();
  }

  @Override
  public List<Class<? extends PipelineOptions>> options() {
    return List.of(FlinkPipelineOptions.class);
  }

  @Override
  public Map<String, String> defaults(int maxWorkers) {
    return Map.of("flinkMaster", "[local]", "attachedMode", "false", "objectReuse", "true");
  }
}
