package org.cytobeam.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlinkEnvironmentTest {

  private static final int RESTARTS = 3;

  /** Steps are copied, but not beyond this process. */
  private static final AtomicInteger TRIES = new AtomicInteger();

  @BeforeEach
  void forget() {
    TRIES.set(0);
  }

  /** Fails each time, when it is given something or when that was all. */
  private static final class FailFn extends DoFn<String, String> {

    private static final long serialVersionUID = 1L;

    private final IOException failure;
    private final boolean isAtEnd;

    FailFn(IOException failure, boolean isAtEnd) {
      this.failure = failure;
      this.isAtEnd = isAtEnd;
    }

    @ProcessElement
    public void process() throws IOException {
      TRIES.incrementAndGet();
      if (!isAtEnd) {
        throw failure;
      }
    }

    @FinishBundle
    public void finish() throws IOException {
      throw failure;
    }
  }

  private static final class PassFn extends DoFn<String, String> {

    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String element, OutputReceiver<String> out) {
      out.output(element);
    }
  }

  private static Throwable endOf(FailFn step) {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(Create.of("element")).apply(ParDo.of(new PassFn())).apply(ParDo.of(step));
    Configuration settings = FlinkSettings.inThisProcess(1, TemporaryFolder.untilExit());
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, RESTARTS);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
    FlinkJob job = new FlinkJob(new FlinkEnvironment(settings).submit(pipeline));
    return Objects.requireNonNull(
        assertThrows(PipelineExecutionException.class, job::waitUntilFinish).getCause());
  }

  @Test
  void triesAgainWhatFails() {
    Throwable end = endOf(new FailFn(new IOException("reset"), false));

    assertThat(end, instanceOf(IOException.class));
    assertThat(TRIES.get(), is(1 + RESTARTS));
  }

  @Test
  void triesNothingAgainThatAbortsTheRun() {
    Throwable end = endOf(new FailFn(new RunAbortedException("the token has expired"), false));

    assertThat(end, instanceOf(RunAbortedException.class));
    assertThat(end.getMessage(), is("the token has expired"));
    assertThat(TRIES.get(), is(1));
  }

  @Test
  void triesNothingAgainThatAbortsTheRunAtTheEndOfABundle() {
    Throwable end = endOf(new FailFn(new RunAbortedException("the disk is full"), true));

    assertThat(end, instanceOf(RunAbortedException.class));
    assertThat(TRIES.get(), is(1));
  }
}
