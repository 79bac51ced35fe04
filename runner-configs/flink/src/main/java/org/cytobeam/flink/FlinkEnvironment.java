package org.cytobeam.flink;

import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.flink.api.common.ExecutionConfig.GlobalJobParameters;
import org.apache.flink.api.common.Plan;
import org.apache.flink.api.common.restartstrategy.RestartStrategies;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.cytobeam.pipelines.options.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * Where Beam has a pipeline run on Flink. Beam would make one that takes no restart strategy for
 * batches, hands out no failures, tries again what has aborted the run, and shows the values of all
 * options in Flink's web page; so it is made to take this one, by the way in which {@code flink
 * run} brings in its own.
 */
final class FlinkEnvironment extends ExecutionEnvironment {

  /** Makes Beam ask Flink for the environment. */
  private static final String ASK_FLINK = "[auto]";

  private @Nullable JobClient job;

  /** Creates an environment; the configuration says where the cluster is. */
  FlinkEnvironment(Configuration configuration) {
    super(configuration);
  }

  private FlinkEnvironment(
      PipelineExecutorServiceLoader executors, Configuration configuration, ClassLoader classes) {
    super(executors, configuration, classes);
  }

  /** Returns whether this program was started by {@code flink run}, which brings a cluster. */
  static boolean isGiven() {
    return !areExplicitEnvironmentsAllowed();
  }

  /** Returns the settings that {@code flink run} brought. */
  static Configuration givenSettings() {
    return new Configuration(getExecutionEnvironment().getConfiguration());
  }

  /** Returns the environment of the cluster that {@code flink run} brought, with more settings. */
  static FlinkEnvironment given(Configuration more) {
    ExecutionEnvironment given = getExecutionEnvironment();
    Configuration configuration = new Configuration(given.getConfiguration());
    configuration.addAll(more);
    return new FlinkEnvironment(
        given.getExecutorServiceLoader(), configuration, given.getUserCodeClassLoader());
  }

  /** Starts a pipeline here; returns as soon as it has been submitted. */
  JobClient submit(Pipeline pipeline) {
    FlinkPipelineOptions options = pipeline.getOptions().as(FlinkPipelineOptions.class);
    String master = options.getFlinkMaster();
    boolean isAttached = options.getAttachedMode();
    boolean isGiven = isGiven();
    options.setFlinkMaster(ASK_FLINK);
    options.setAttachedMode(false);
    initializeContextEnvironment(() -> this);
    try {
      pipeline.run();
    } finally {
      options.setFlinkMaster(master);
      options.setAttachedMode(isAttached);
      if (!isGiven) {
        resetContextEnvironment();
      }
    }
    if (job == null) {
      throw new IllegalStateException("Beam ran the pipeline elsewhere");
    }
    return job;
  }

  @Override
  public JobClient executeAsync(String jobName) throws Exception {
    RestartStrategies.fromConfiguration(getConfiguration())
        .ifPresent(getConfig()::setRestartStrategy);
    getConfig().setGlobalJobParameters(new ShownOptions(getConfig().getGlobalJobParameters()));
    job = super.executeAsync(jobName);
    return job;
  }

  @Override
  public Plan createProgramPlan(String jobName, boolean clearSinks) {
    Plan plan = super.createProgramPlan(jobName, clearSinks);
    AbortingSteps.in(plan);
    return plan;
  }

  /** The options that Flink's web page shows, secrets as stars. */
  private static final class ShownOptions extends GlobalJobParameters {

    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> options = new TreeMap<>();

    ShownOptions(GlobalJobParameters all) {
      all.toMap().forEach((name, value) -> options.put(name, Secrets.shown(name, value)));
    }

    @Override
    public Map<String, String> toMap() {
      return options;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ShownOptions shown && options.equals(shown.options);
    }

    @Override
    public int hashCode() {
      return options.hashCode();
    }
  }
}
