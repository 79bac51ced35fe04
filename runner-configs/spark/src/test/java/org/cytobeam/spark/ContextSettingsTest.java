package org.cytobeam.spark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

final class ContextSettingsTest {

  @Test
  void nothingIsDoneTwiceAtOnceAndNothingWaitsToBeNearItsRows() {
    SparkConf conf = ContextSettings.of(options("--sparkMaster=spark://host:1"), 0);

    assertThat(conf.get("spark.speculation"), is("false"));
    assertThat(conf.get("spark.locality.wait"), is("0s"));
  }

  @Test
  void thisProcessNeedsNoNetworkAndNoWebPage() {
    SparkConf conf = ContextSettings.of(options("--sparkMaster=local[2]"), 0);

    assertThat(conf.get("spark.ui.enabled"), is("false"));
    assertThat(conf.get("spark.driver.bindAddress"), is("127.0.0.1"));
    assertThat(conf.contains("spark.jars"), is(false));
  }

  @Test
  void workIsCutSoThatThreadsDontIdleAtTheEnd() {
    assertThat(tasks("--sparkMaster=local[3]", 10), is("12"));
    assertThat(tasks("--sparkMaster=local[3]", 6400), is("100"));
    assertThat(tasks("--sparkMaster=spark://host:1", 10), is("16"));
  }

  @Test
  void whatTheUserSetsHolds() {
    System.setProperty("spark.default.parallelism", "7");
    try {
      assertThat(tasks("--sparkMaster=local[3]", 6400), is("7"));
    } finally {
      System.clearProperty("spark.default.parallelism");
    }
  }

  @Test
  void clustersGetTheJarThatIsNamed() {
    SparkConf conf =
        ContextSettings.of(options("--sparkMaster=spark://host:1", "--filesToStage=/a.jar"), 0);

    assertThat(conf.get("spark.jars"), is("/a.jar"));
  }

  private static String tasks(String master, long items) {
    return ContextSettings.of(options(master), items).get("spark.default.parallelism");
  }

  private static SparkPipelineOptions options(String... arguments) {
    return PipelineOptionsFactory.fromArgs(arguments).as(SparkPipelineOptions.class);
  }
}
