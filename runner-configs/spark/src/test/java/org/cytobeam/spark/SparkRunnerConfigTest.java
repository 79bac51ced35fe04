package org.cytobeam.spark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.runners.spark.SparkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.runner.Lanes;
import org.cytobeam.pipelines.runner.Place;
import org.cytobeam.pipelines.runner.RunnerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SparkRunnerConfigTest {

  private final RunnerConfig config = new SparkRunnerConfig();

  @Test
  void isFoundOnTheClassPath() {
    assertThat(RunnerConfig.available(), contains(instanceOf(SparkRunnerConfig.class)));
  }

  @Test
  void namesTheRunnerAsBeamDoesAndTheVersionAsSparkDoes() {
    assertThat(config.beamName(), equalTo(SparkRunner.class.getSimpleName()));
    assertThat(config.version(), equalTo("3.5.7"));
  }

  @Test
  void setsWhatTheRunnerUnderstands() {
    String[] arguments =
        config.defaults(1).entrySet().stream()
            .map(value -> "--" + value.getKey() + "=" + value.getValue())
            .toArray(String[]::new);

    SparkPipelineOptions options =
        PipelineOptionsFactory.fromArgs(arguments).as(SparkPipelineOptions.class);

    assertThat(options.getSparkMaster(), equalTo("local[1]"));
    assertThat(options.getStorageLevel(), equalTo("MEMORY_AND_DISK"));
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 21})
  void runsOnAnyJavaThatSparkKnows(int java) {
    assertThat(SparkRunnerConfig.javaMistakes(java), empty());
  }

  @Test
  void refusesANewerJavaInOneLine() {
    List<String> lines = SparkRunnerConfig.javaMistakes(25).stream().map(Mistake::line).toList();

    assertThat(
        lines,
        contains(
            "Java 25: Spark 3.5 runs on Java 17 to 21 only;"
                + " set JAVA_HOME to one of these, or use another --runner"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark://host:7077", "yarn", "local-cluster[2,1,1024]"})
  void asksForTheJarThatAClusterNeeds(String master) {
    assertThat(
        problems(options(master)),
        contains(
            "--files_to_stage: is needed for a cluster;"
                + " start with ./cytobeam or spark-submit, or give the module's shaded jar"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cytobeam.shaded.jar", "spark.jars"})
  void isContentWithTheJarOfALauncher(String property) {
    System.setProperty(property, "/a.jar");
    try {
      assertThat(problems(options("spark://host:7077")), empty());
    } finally {
      System.clearProperty(property);
    }
  }

  /** YARN then hands the jar on itself, and names it nowhere. */
  @Test
  void leavesTheJarToAClusterThatRunsTheDriver() {
    System.setProperty("spark.submit.deployMode", "cluster");
    try {
      assertThat(problems(options("yarn")), empty());
    } finally {
      System.clearProperty("spark.submit.deployMode");
    }
  }

  @Test
  void needsNoJarInThisProcessNorASecondOne() {
    SparkPipelineOptions staged = options("spark://host:7077");
    staged.setFilesToStage(List.of("/a.jar"));

    assertThat(problems(options("local[2]")), empty());
    assertThat(problems(staged), empty());
  }

  @ParameterizedTest
  @CsvSource({
    "local, THIS_PROCESS",
    "local[2], THIS_PROCESS",
    "local[*], THIS_PROCESS",
    "spark://host:7077, CLUSTER",
    "yarn, CLUSTER",
    "'local-cluster[2,1,1024]', CLUSTER"
  })
  void knowsWhereStepsRun(String master, Place place) {
    assertThat(config.place(options(master)), is(place));
  }

  @ParameterizedTest
  @CsvSource({
    "local[2], 40, 32, 0",
    "local[2], 100000, 6252, 0",
    "spark://host:7077, 0, 64, 30",
    "spark://host:7077, 60000000, 80000, 30"
  })
  void lanesRunThroughAndAreMoreForMoreItems(String master, long items, int lanes, int pause) {
    assertThat(
        config.lanes(options(master), 6, items),
        is(new Lanes(lanes, false, Duration.ofSeconds(pause))));
  }

  private List<String> problems(SparkPipelineOptions options) {
    return config.mistakes(options).stream().map(Mistake::line).toList();
  }

  private static SparkPipelineOptions options(String master) {
    return PipelineOptionsFactory.fromArgs("--sparkMaster=" + master)
        .as(SparkPipelineOptions.class);
  }
}
