package org.cytobeam.spark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

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
    assertThat(SparkRunnerConfig.mistakes(java), empty());
  }

  @Test
  void refusesANewerJavaInOneLine() {
    List<String> lines = SparkRunnerConfig.mistakes(25).stream().map(Mistake::line).toList();

    assertThat(
        lines,
        contains(
            "Java 25: Spark 3.5 runs on Java 17 to 21 only;"
                + " set JAVA_HOME to one of these, or use another --runner"));
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

  private static SparkPipelineOptions options(String master) {
    return PipelineOptionsFactory.fromArgs("--sparkMaster=" + master)
        .as(SparkPipelineOptions.class);
  }
}
