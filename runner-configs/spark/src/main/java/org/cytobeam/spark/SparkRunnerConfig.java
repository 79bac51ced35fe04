package org.cytobeam.spark;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.spark.package$;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.runner.Lanes;
import org.cytobeam.pipelines.runner.Place;
import org.cytobeam.pipelines.runner.RunnerConfig;

/** Runs pipelines with Spark: in this process, or on a cluster that {@code --sparkMaster} names. */
public final class SparkRunnerConfig implements RunnerConfig {

  private static final int NEWEST_JAVA = 21;

  private static final int LANES_A_TASK = 4;

  private static final Duration LONGEST_BETWEEN_TASKS = Duration.ofSeconds(30);

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

  /** {@inheritDoc} Spark 3.5 calls what newer JVMs no longer have, and dies of it. */
  @Override
  public List<Mistake> mistakes(PipelineOptions options) {
    return Stream.of(
            javaMistakes(Runtime.version().feature()),
            clusterMistakes(options.as(SparkPipelineOptions.class)))
        .flatMap(List::stream)
        .toList();
  }

  static List<Mistake> javaMistakes(int java) {
    return java <= NEWEST_JAVA
        ? List.of()
        : List.of(
            Mistake.at(
                "Java " + java,
                "Spark 3.5 runs on Java 17 to " + NEWEST_JAVA + " only",
                "set JAVA_HOME to one of these, or use another --runner"));
  }

  /** Executors without a jar would fail at the first class they are told of. */
  private static List<Mistake> clusterMistakes(SparkPipelineOptions options) {
    return master(options).isLocal()
            || ContextSettings.isDriverOnCluster()
            || !ContextSettings.jars(options).isEmpty()
        ? List.of()
        : List.of(
            Mistake.in(
                "filesToStage",
                "is needed for a cluster",
                "start with ./cytobeam or spark-submit, or give the module's shaded jar"));
  }

  @Override
  public Place place(PipelineOptions options) {
    return master(options).isLocal() ? Place.THIS_PROCESS : Place.CLUSTER;
  }

  /**
   * {@inheritDoc}
   *
   * <p>A task takes its lanes one after the other; several for each even out what chance brings.
   */
  @Override
  public Lanes lanes(PipelineOptions options, int maxWorkers, long items) {
    int lanes = LANES_A_TASK * ContextSettings.tasks(master(options), items);
    Duration pause = place(options).isElsewhere() ? LONGEST_BETWEEN_TASKS : Duration.ZERO;
    return new Lanes(lanes, false, pause);
  }

  private static SparkMaster master(PipelineOptions options) {
    return new SparkMaster(options.as(SparkPipelineOptions.class).getSparkMaster());
  }

  @Override
  public PipelineResult start(Pipeline pipeline, long items) {
    return SparkRun.start(pipeline, items);
  }
}
