package org.cytobeam.spark;

import java.util.List;
import java.util.Map;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.spark.package$;
import org.cytobeam.pipelines.runner.RunnerConfig;

/** Runs pipelines with Spark: in this process, or on a cluster that {@code --sparkMaster} names. */
public final class SparkRunnerConfig implements RunnerConfig {

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public String beamName() {
    return "SparkRunner";
  }

  @Override
  public String version() {
    return package$.MODULE$.SPARK_VERSION();
  }

  @Override
  public List<Class<? extends PipelineOptions>> options() {
    return List.of(SparkPipelineOptions.class);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A task works on one image while it waits for others, so that a thread for each core is
   * enough. What is used twice is kept on disk where memory is short: Spark would compute it again,
   * and fetch again whatever lies before it.
   */
  @Override
  public Map<String, String> defaults(int maxWorkers) {
    return Map.of(
        "sparkMaster", SparkMaster.byDefault(maxWorkers), "storageLevel", "MEMORY_AND_DISK");
  }

  @Override
  public PipelineResult run(Pipeline pipeline, long items) {
    return SparkRun.start(pipeline, items);
  }
}
