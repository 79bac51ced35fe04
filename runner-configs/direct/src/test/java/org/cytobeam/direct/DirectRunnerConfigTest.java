package org.cytobeam.direct;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.instanceOf;

import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.cytobeam.pipelines.runner.RunnerConfig;
import org.junit.jupiter.api.Test;

class DirectRunnerConfigTest {

  private final RunnerConfig config = new DirectRunnerConfig();

  @Test
  void isFoundOnTheClassPath() {
    assertThat(RunnerConfig.available(), contains(instanceOf(DirectRunnerConfig.class)));
  }

  @Test
  void setsWhatTheRunnerUnderstands() {
    String[] arguments =
        config.defaults(16).entrySet().stream()
            .map(value -> "--" + value.getKey() + "=" + value.getValue())
            .toArray(String[]::new);

    DirectOptions options = PipelineOptionsFactory.fromArgs(arguments).as(DirectOptions.class);

    assertThat(options.isBlockOnRun(), equalTo(false));
    assertThat(options.isEnforceImmutability(), equalTo(false));
    assertThat(options.isEnforceEncodability(), equalTo(false));
    assertThat(options.getTargetParallelism(), equalTo(16));
  }

  @Test
  void neverRunsWithASingleThread() {
    assertThat(config.defaults(1), hasEntry("targetParallelism", "2"));
  }

  @Test
  void namesTheRunnerAsBeamDoes() {
    assertThat(config.beamName(), equalTo(DirectRunner.class.getSimpleName()));
    assertThat(config.options(), contains(DirectOptions.class));
  }
}
