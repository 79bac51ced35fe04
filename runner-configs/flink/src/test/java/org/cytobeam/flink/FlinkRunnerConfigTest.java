package org.cytobeam.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.runner.Lanes;
import org.cytobeam.pipelines.runner.Place;
import org.cytobeam.pipelines.runner.RunnerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkRunnerConfigTest {

  private static final String OVERVIEW =
      "{\"taskmanagers\":3,\"slots-total\":12,\"flink-version\":\"1.19.3\"}";
  private static final String WITHOUT_WORKERS =
      "{\"taskmanagers\":0,\"slots-total\":0,\"flink-version\":\"1.19.3\"}";

  private static final Class<FlinkPipelineOptions> FLINK = FlinkPipelineOptions.class;
  private static final ConfigOption<Integer> RESTARTS =
      RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS;

  private final FlinkRunnerConfig config = new FlinkRunnerConfig();
  private final HttpServer cluster;
  private volatile String overview = OVERVIEW;

  FlinkRunnerConfigTest() throws IOException {
    cluster = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    cluster.createContext(
        "/overview",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(overview.getBytes(UTF_8));
          exchange.close();
        });
    cluster.start();
  }

  @AfterEach
  void stop() {
    cluster.stop(0);
  }

  private String address() {
    return "127.0.0.1:" + cluster.getAddress().getPort();
  }

  private static PipelineOptions options(String... arguments) {
    return PipelineOptionsFactory.fromArgs(arguments).create();
  }

  private List<String> problems(String... arguments) {
    return config.mistakes(options(arguments)).stream().map(Mistake::subject).toList();
  }

  @Test
  void tellsThatCountersMoveOnlyWhenTasksEnd() {
    assertThat(config.countsAsItGoes(), is(false));
  }

  @Test
  void isOnTheClassPath() {
    assertThat(
        RunnerConfig.available().stream().map(RunnerConfig::beamName).toList(),
        contains("FlinkRunner"));
  }

  @Test
  void runsInThisProcessUnlessAClusterIsNamed() {
    assertThat(config.place(options()), is(Place.THIS_PROCESS));
    assertThat(config.place(options("--flinkMaster=[local]")), is(Place.THIS_PROCESS));
    assertThat(
        config.place(options("--flinkMaster=[local]", "--attachedMode=false")),
        is(Place.THIS_PROCESS));
    assertThat(config.place(options("--flinkMaster=host:8081")), is(Place.CLUSTER));
    assertThat(
        config.place(options("--flinkMaster=host:8081", "--attachedMode=false")),
        is(Place.CLUSTER_DETACHED));
  }

  @Test
  void handsOutForEverySlotOfTheCluster() {
    String master = "--flinkMaster=" + address();

    assertThat(config.lanes(options(master), 6, 100), is(Lanes.unpaced(12, 100)));
    assertThat(config.lanes(options(master, "--parallelism=5"), 6, 100), is(Lanes.unpaced(5, 100)));
    assertThat(
        config.lanes(options(), 6, 100),
        is(Lanes.unpaced(Runtime.getRuntime().availableProcessors(), 100)));
  }

  @Test
  void handsOutForTheSlotsThatFlinkRunGives() {
    GivenCluster.during(
        new Configuration().set(CoreOptions.DEFAULT_PARALLELISM, 7),
        () -> {
          assertThat(config.lanes(options(), 6, 100), is(Lanes.unpaced(7, 100)));
          assertThat(config.lanes(options("--parallelism=5"), 6, 100), is(Lanes.unpaced(5, 100)));
        });
  }

  @Test
  void keepsItsFilesInOneFolder() {
    assertThat(TemporaryFolder.untilExit(), is(TemporaryFolder.untilExit()));
  }

  @Test
  void saysWhatCanNotWork() {
    assertThat(problems(), empty());
    assertThat(problems("--flinkMaster=" + address(), "--filesToStage=a.jar"), empty());
    assertThat(problems("--flinkMaster=" + address()), contains("--files_to_stage"));
    assertThat(problems("--flinkMaster=[collection]"), contains("--flink_master"));
    assertThat(
        problems("--streaming", "--useDataStreamForBatch"),
        contains("--streaming", "--use_data_stream_for_batch"));
  }

  private List<String> clusterMistakes(String... more) {
    return config
        .mistakes(
            options(
                Stream.concat(
                        Stream.of("--flinkMaster=" + address(), "--filesToStage=a.jar"),
                        Stream.of(more))
                    .toArray(String[]::new)))
        .stream()
        .map(Mistake::line)
        .toList();
  }

  @Test
  void asksForTheParallelismOfAClusterWithoutSlots() {
    overview = WITHOUT_WORKERS;

    assertThat(
        clusterMistakes(),
        contains(
            "--flink_master: the Flink at "
                + address()
                + " has no slots yet; give --parallelism, or start TaskManagers"));
    assertThat(clusterMistakes("--parallelism=4"), empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.18.1", "1.20.0", "2.0.0", "1.190"})
  void refusesAnotherFlink(String version) {
    overview = OVERVIEW.replace("1.19.3", version);

    assertThat(
        clusterMistakes(),
        contains(
            "--flink_master: at "
                + address()
                + " is Flink "
                + version
                + "; give a cluster of Flink 1.19"));
  }

  @Test
  void takesTheFlinkOfAVendor() {
    overview = OVERVIEW.replace("1.19.3", "1.19.1-amzn-0");

    assertThat(clusterMistakes(), empty());
  }

  @Test
  void refusesTls() {
    assertThat(
        config.mistakes(options("--flinkMaster=https://host:8081")).stream()
            .map(Mistake::line)
            .toList(),
        contains(
            "--flink_master: an address with TLS is not supported; submit with flink run, which"
                + " has the settings for TLS"));
  }

  @Test
  void saysThatNoClusterAnswers() {
    String address = address();
    cluster.stop(0);

    List<Mistake> mistakes =
        config.mistakes(options("--flinkMaster=" + address, "--filesToStage=a.jar"));

    assertThat(mistakes, hasSize(1));
    assertThat(mistakes.get(0).problem(), containsString("no Flink answers at " + address));
  }

  /** Flink counts each task of a lost worker as a failure of its own. */
  @Test
  void restartsForThreeLostWorkersUnlessTheUserSaysHowOften() {
    Configuration usual = FlinkSettings.restarts(options().as(FLINK), 4);
    Configuration given =
        FlinkSettings.restarts(options("--numberOfExecutionRetries=1").as(FLINK), 4);

    assertThat(usual.get(RESTARTS), is(12));
    assertThat(given.get(RESTARTS), is(1));
  }

  @Test
  void keepsWhatFlinkRunBringsAboutRestarts() {
    Configuration rate =
        new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "failure-rate");
    Configuration twice = new Configuration().set(RESTARTS, 2);
    FlinkPipelineOptions asked = options("--numberOfExecutionRetries=1").as(FLINK);

    assertThat(
        FlinkSettings.restarts(options().as(FLINK), 4, rate).keySet(),
        is(new Configuration().keySet()));
    assertThat(
        FlinkSettings.restarts(options().as(FLINK), 4, twice)
            .get(RestartStrategyOptions.RESTART_STRATEGY),
        is("fixed-delay"));
    assertThat(FlinkSettings.restarts(options().as(FLINK), 4, twice).contains(RESTARTS), is(false));
    assertThat(FlinkSettings.restarts(asked, 4, rate).get(RESTARTS), is(1));
  }
}
