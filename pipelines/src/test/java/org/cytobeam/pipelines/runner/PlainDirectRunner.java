package org.cytobeam.pipelines.runner;

import java.util.List;
import java.util.Map;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.ReleaseInfo;

/** The direct runner, with its checks on. */
public class PlainDirectRunner implements RunnerConfig {

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

  @Override
  public Map<String, String> defaults(int maxWorkers) {
    return Map.of("blockOnRun", "false", "targetParallelism", Integer.toString(maxWorkers));
  }
}
