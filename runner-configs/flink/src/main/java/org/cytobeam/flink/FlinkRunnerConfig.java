package org.cytobeam.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.runner.Lanes;
import org.cytobeam.pipelines.runner.Place;
import org.cytobeam.pipelines.runner.RunnerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs pipelines on Flink: in this process; on the cluster that {@code --flinkMaster=host:port}
 * names; or, where {@code flink run} started this program, on the cluster that it knows.
 */
public final class FlinkRunnerConfig implements RunnerConfig {

  private static final Logger LOG = LoggerFactory.getLogger(FlinkRunnerConfig.class);

  /** Set by the launcher: the jar that workers get. */
  static final String SHADED_JAR = "cytobeam.shaded.jar";

  private static final String AUTO = "[auto]";
  private static final String LOCAL = "[local]";

  /** Values of the master that name no cluster. */
  private static final List<String> HERE = List.of(AUTO, LOCAL);

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
    return ReleaseInfo.getReleaseInfo().getVersion()
        + " (Flink "
        + EnvironmentInformation.getVersion()
        + ")";
  }

  @Override
  public List<Class<? extends PipelineOptions>> options() {
    return List.of(FlinkPipelineOptions.class);
  }

  /**
   * {@inheritDoc}
   *
   * <p>No step changes what it was given, so that elements need not be copied between steps. By
   * batches, each step's tasks begin when what they need is there, and what one of them has made
   * outlives the others: a lost worker costs its own tasks, and a job goes on with fewer slots.
   */
  @Override
  public Map<String, String> defaults(int maxWorkers) {
    return Map.of(
        "appName", "cytobeam",
        "flinkMaster", AUTO,
        "fasterCopy", "true",
        "objectReuse", "true",
        "executionModeForBatch", "BATCH");
  }

  @Override
  public List<Mistake> mistakes(PipelineOptions given) {
    FlinkPipelineOptions options = given.as(FlinkPipelineOptions.class);
    List<Mistake> mistakes = new ArrayList<>();
    if (options.isStreaming()) {
      mistakes.add(Mistake.in("streaming", "the pipelines are batches", "leave it out"));
    }
    if (options.getUseDataStreamForBatch()) {
      mistakes.add(Mistake.in("useDataStreamForBatch", "is not supported", "leave it out"));
    }
    Optional<FlinkAddress> address = address(options);
    if (address.isPresent()) {
      mistakes.addAll(clusterMistakes(options, address.get()));
    } else if (FlinkAddress.wantsTls(options.getFlinkMaster())) {
      mistakes.add(
          Mistake.in(
              "flinkMaster",
              "an address with TLS is not supported",
              "submit with flink run, which has the settings for TLS"));
    } else if (!HERE.contains(options.getFlinkMaster())) {
      mistakes.add(
          Mistake.in(
              "flinkMaster",
              options.getFlinkMaster() + " is no address",
              "give host:port, or [local] for this process"));
    }
    return mistakes;
  }

  private static List<Mistake> clusterMistakes(FlinkPipelineOptions options, FlinkAddress address) {
    List<Mistake> mistakes = new ArrayList<>();
    try {
      ClusterOverview cluster = ClusterOverview.of(address);
      if (!cluster.isSupported()) {
        mistakes.add(
            Mistake.in(
                "flinkMaster",
                "at " + address + " is Flink " + cluster.version(),
                "give a cluster of Flink " + ClusterOverview.SUPPORTED));
      } else if (cluster.slots() == 0 && options.getParallelism() <= 0) {
        mistakes.add(
            Mistake.in(
                "flinkMaster",
                "the Flink at " + address + " has no slots yet",
                "give --parallelism, or start TaskManagers"));
      }
    } catch (IOException e) {
      mistakes.add(
          Mistake.in(
              "flinkMaster",
              "no Flink answers at " + address + " (" + e + ")",
              "give the host and port of the JobManager's REST interface, or start it"));
    }
    if (jars(options).isEmpty()) {
      mistakes.add(
          Mistake.in(
              "filesToStage",
              "is needed for a cluster",
              "start with ./cytobeam, or give the module's shaded jar"));
    }
    return mistakes;
  }

  @Override
  public Place place(PipelineOptions given) {
    FlinkPipelineOptions options = given.as(FlinkPipelineOptions.class);
    boolean isElsewhere = address(options).isPresent() || isSubmitted(options);
    boolean isDetached =
        !options.getAttachedMode()
            || (isSubmitted(options)
                && !FlinkEnvironment.givenSettings().get(DeploymentOptions.ATTACHED));
    if (!isElsewhere) {
      return Place.THIS_PROCESS;
    }
    return isDetached ? Place.CLUSTER_DETACHED : Place.CLUSTER;
  }

  @Override
  public Lanes lanes(PipelineOptions options, int maxWorkers, long items) {
    return Lanes.unpaced(parallelism(options.as(FlinkPipelineOptions.class)), items);
  }

  @Override
  public PipelineResult start(Pipeline pipeline, long items) {
    FlinkPipelineOptions options = pipeline.getOptions().as(FlinkPipelineOptions.class);
    FlinkEnvironment environment = environment(options);
    LOG.info("Flink is told {}", environment.getConfiguration());
    return new FlinkJob(environment.submit(pipeline));
  }

  /** Returns that they do not: Beam hands the counters of a batch to Flink when a task ends. */
  @Override
  public boolean countsAsItGoes() {
    return false;
  }

  private static FlinkEnvironment environment(FlinkPipelineOptions options) {
    Optional<FlinkAddress> address = address(options);
    if (address.isPresent()) {
      ClusterOverview cluster = overview(address.get());
      Configuration settings = FlinkSettings.cluster(address.get(), jars(options));
      settings.set(CoreOptions.DEFAULT_PARALLELISM, orAll(options, cluster.slots()));
      settings.addAll(FlinkSettings.restarts(options, cluster.slotsPerWorker()));
      return new FlinkEnvironment(settings);
    } else if (isSubmitted(options)) {
      Configuration given = FlinkEnvironment.givenSettings();
      return FlinkEnvironment.given(FlinkSettings.restarts(options, slotsPerWorker(given), given));
    }
    return new FlinkEnvironment(
        FlinkSettings.inThisProcess(orAll(options, cores()), TemporaryFolder.untilExit()));
  }

  /** Returns what the workers have, or where they can't be asked, what the client believes. */
  private static int slotsPerWorker(Configuration given) {
    Optional<FlinkAddress> address = FlinkAddress.of(given);
    if (address.isPresent()) {
      try {
        ClusterOverview cluster = ClusterOverview.of(address.get());
        if (cluster.workers() > 0) {
          return cluster.slotsPerWorker();
        }
      } catch (IOException e) {
        LOG.info("Flink at {} can't be asked how many slots a worker has", address.get(), e);
      }
    }
    return given.get(TaskManagerOptions.NUM_TASK_SLOTS);
  }

  private static int parallelism(FlinkPipelineOptions options) {
    Optional<FlinkAddress> address = address(options);
    if (address.isPresent()) {
      return orAll(options, overview(address.get()).slots());
    } else if (isSubmitted(options)) {
      return orAll(options, FlinkEnvironment.givenSettings().get(CoreOptions.DEFAULT_PARALLELISM));
    }
    return orAll(options, cores());
  }

  /** Returns how many tasks of a step run at once: as many as the user says, or all that can. */
  private static int orAll(FlinkPipelineOptions options, int all) {
    int given = options.getParallelism();
    return given > 0 ? given : Math.max(1, all);
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static ClusterOverview overview(FlinkAddress address) {
    try {
      return ClusterOverview.of(address);
    } catch (IOException e) {
      throw new UncheckedIOException("Flink at " + address + " can't be asked", e);
    }
  }

  /** Whether {@code flink run} started this program, and the options leave it to that. */
  private static boolean isSubmitted(FlinkPipelineOptions options) {
    return FlinkEnvironment.isGiven() && options.getFlinkMaster().equals(AUTO);
  }

  private static Optional<FlinkAddress> address(FlinkPipelineOptions options) {
    String master = options.getFlinkMaster();
    return HERE.contains(master) ? Optional.empty() : FlinkAddress.parse(master);
  }

  private static List<String> jars(FlinkPipelineOptions options) {
    List<String> given = options.getFilesToStage();
    String shaded = System.getProperty(SHADED_JAR);
    if (given != null && !given.isEmpty()) {
      return given;
    }
    return shaded == null ? List.of() : List.of(shaded);
  }
}
