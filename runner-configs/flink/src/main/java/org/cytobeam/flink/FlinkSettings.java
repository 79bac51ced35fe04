package org.cytobeam.flink;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.flink.client.deployment.executors.RemoteExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** What Flink is told about a job and about a cluster in this process. */
final class FlinkSettings {

  /** How often a process tells how far it is. */
  private static final long MILLIS_BETWEEN_COUNTS = 500;

  /** A laptop that has slept is no worker that is lost. */
  private static final Duration LONGEST_SILENCE = Duration.ofDays(1);

  private static final String LOCAL_HOST = "localhost";

  /** What Flink itself takes for up to about 16 tasks of a step at once. */
  private static final int LEAST_NETWORK_MIB = 64;

  private static final int LOST_WORKERS = 3;

  private static final Duration BEFORE_RESTART = Duration.ofSeconds(2);

  private FlinkSettings() {}

  /**
   * Returns a cluster in this process, where what fails has no other machine to run on.
   *
   * @param temporary where it may keep what memory does not hold
   */
  static Configuration inThisProcess(int parallelism, Path temporary) {
    Configuration settings = new Configuration();
    settings.set(CoreOptions.TMP_DIRS, temporary.toString());
    settings.set(WebOptions.TMP_DIR, temporary.toString());
    settings.set(DeploymentOptions.TARGET, "local");
    settings.set(DeploymentOptions.ATTACHED, true);
    settings.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    settings.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    settings.set(RestOptions.ADDRESS, LOCAL_HOST);
    settings.set(RestOptions.BIND_ADDRESS, LOCAL_HOST);
    settings.set(RestOptions.BIND_PORT, "0");
    settings.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, MILLIS_BETWEEN_COUNTS);
    settings.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, LONGEST_SILENCE.toMillis());
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    MemorySize network = MemorySize.ofMebiBytes(networkMebibytes(parallelism));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
    return settings;
  }

  /** Each task of a step may hold a buffer of 32 KiB for each task of the next, a few times. */
  private static long networkMebibytes(int parallelism) {
    return Math.max(LEAST_NETWORK_MIB, (long) parallelism * parallelism / 4);
  }

  /** Returns a cluster that runs already, whose workers get some jars. */
  static Configuration cluster(FlinkAddress address, List<String> jars) {
    Configuration settings = new Configuration();
    settings.set(DeploymentOptions.TARGET, RemoteExecutor.NAME);
    settings.set(DeploymentOptions.ATTACHED, true);
    settings.set(JobManagerOptions.ADDRESS, address.host());
    settings.set(RestOptions.ADDRESS, address.host());
    settings.set(RestOptions.PORT, address.port());
    List<String> urls = jars.stream().map(jar -> Path.of(jar).toUri().toString()).toList();
    settings.set(PipelineOptions.JARS, urls);
    return settings;
  }

  /**
   * Returns how often what fails is tried again, on a cluster.
   *
   * @param slots how many tasks a worker has at once: Flink counts each as a failure of its own
   *     when the worker is lost
   */
  static Configuration restarts(FlinkPipelineOptions options, int slots) {
    Configuration settings = new Configuration();
    int given = options.getNumberOfExecutionRetries();
    long delay = options.getExecutionRetryDelay();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS,
        given >= 0 ? given : LOST_WORKERS * slots);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY,
        delay >= 0 ? Duration.ofMillis(delay) : BEFORE_RESTART);
    return settings;
  }

  /**
   * Returns the same for a cluster that {@code flink run} brings: what it brings about restarts
   * holds, unless the options say how often.
   */
  static Configuration restarts(FlinkPipelineOptions options, int slots, Configuration given) {
    boolean isAskedFor =
        options.getNumberOfExecutionRetries() >= 0 || options.getExecutionRetryDelay() >= 0;
    if (!isAskedFor && given.contains(RestartStrategyOptions.RESTART_STRATEGY)) {
      return new Configuration();
    }
    Configuration settings = restarts(options, slots);
    if (!isAskedFor) {
      given.keySet().forEach(settings::removeKey);
    }
    return settings;
  }
}
