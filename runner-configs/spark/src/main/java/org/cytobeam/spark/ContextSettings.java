package org.cytobeam.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.runners.spark.coders.SparkRunnerKryoRegistrator;
import org.apache.spark.SparkConf;

/**
 * The settings of the context that a pipeline runs in.
 *
 * <p>Whoever sets a property {@code spark.…} of the JVM, as {@code spark-submit --conf} does, has
 * the last word on all but a few.
 */
final class ContextSettings {

  /** The system property with the jar for a cluster's workers; the launcher sets it. */
  private static final String SHADED_JAR = "cytobeam.shaded.jar";

  /** The system property with the jars that {@code spark-submit} was given. */
  private static final String SUBMITTED_JARS = "spark.jars";

  /** The system property with where {@code spark-submit} has put the driver. */
  private static final String DEPLOY_MODE = "spark.submit.deployMode";

  private static final String LOOPBACK = "127.0.0.1";

  /** Some seconds of work: little is lost with an executor, and counters move that often. */
  private static final int ITEMS_A_TASK = 64;

  /** Tasks differ in length: with several for each thread none idles long at the end. */
  private static final int TASKS_A_THREAD = 4;

  /** Of a cluster nobody knows how many executors it will have by and by. */
  private static final int FEWEST_TASKS_OF_A_CLUSTER = 16;

  /** More are more bookkeeping in the driver than they save on executors. */
  private static final int MOST_TASKS = 20_000;

  private ContextSettings() {}

  /**
   * Returns the settings.
   *
   * @param items how many items the pipeline is about, 0 if that is not known
   */
  static SparkConf of(SparkPipelineOptions options, long items) {
    SparkMaster master = new SparkMaster(options.getSparkMaster());
    SparkConf conf = new SparkConf();
    conf.setMaster(master.toString());
    conf.setIfMissing("spark.app.name", "Cytobeam " + options.getJobName());
    conf.set("spark.kryo.registrator", SparkRunnerKryoRegistrator.class.getName());
    // Two copies of a task would fetch every image of it twice: correct, and never of use.
    conf.set("spark.speculation", "false");
    conf.set("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.default.parallelism", Integer.toString(tasks(master, items)));
    // One executor has read the table. It must not get all the images because it is near its rows.
    conf.setIfMissing("spark.locality.wait", "0s");
    if (master.isLocal()) {
      conf.setIfMissing("spark.ui.enabled", "false");
      conf.setIfMissing("spark.driver.host", LOOPBACK);
      conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
    } else {
      conf.setJars(jars(options).toArray(String[]::new));
    }
    return conf;
  }

  /** Returns into how many tasks the work is cut. */
  static int tasks(SparkMaster master, long items) {
    int fewest =
        master.isLocal() ? TASKS_A_THREAD * master.localThreads() : FEWEST_TASKS_OF_A_CLUSTER;
    long byItems = (items + ITEMS_A_TASK - 1) / ITEMS_A_TASK;
    return (int) Math.min(MOST_TASKS, Math.max(fewest, byItems));
  }

  /** Returns whether {@code spark-submit} runs this on a cluster, which may know its jar itself. */
  static boolean isDriverOnCluster() {
    return "cluster".equals(System.getProperty(DEPLOY_MODE));
  }

  /** Returns what executors load: what is named, else the launcher's jar, else spark-submit's. */
  static List<String> jars(SparkPipelineOptions options) {
    List<String> named = options.getFilesToStage();
    String shaded = System.getProperty(SHADED_JAR);
    if (named != null && !named.isEmpty()) {
      return named;
    } else if (shaded != null) {
      return List.of(shaded);
    }
    List<String> submitted =
        new ArrayList<>(List.of(System.getProperty(SUBMITTED_JARS, "").split(",")));
    submitted.removeIf(String::isBlank);
    return submitted;
  }
}
