package org.cytobeam.pipelines.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.sameInstance;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.UserCodeException;
import org.cytobeam.pipelines.cli.PipelineEnd.Done;
import org.cytobeam.pipelines.cli.PipelineEnd.Failed;
import org.cytobeam.pipelines.cli.PipelineEnd.Interrupted;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunningPipelineTest {

  /** Static, because a DoFn is copied by serialization. */
  private static final CountDownLatch STARTED = new CountDownLatch(1);

  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  private final Interrupt interrupt =
      new Interrupt(new Console(nowhere(), nowhere(), 80), Duration.ofMinutes(1));

  private static final class FailFn extends DoFn<Integer, Integer> {
    @ProcessElement
    public void process(@Element Integer element) throws IOException {
      if (element > 0) {
        throw new FileNotFoundException("plate " + element + " is not there");
      }
    }
  }

  private static final class WaitFn extends DoFn<Integer, Integer> {
    @ProcessElement
    public void process() throws InterruptedException {
      STARTED.countDown();
      RELEASED.await();
    }
  }

  /** Has failed, and says so only after some looks at its state. */
  private static final class TearingDown implements PipelineResult {
    private final AtomicInteger looks = new AtomicInteger();
    private final Throwable failure;
    private final int looksUntilEnd;

    TearingDown(Throwable failure, int looksUntilEnd) {
      this.failure = failure;
      this.looksUntilEnd = looksUntilEnd;
    }

    @Override
    public State getState() {
      return looks.incrementAndGet() > looksUntilEnd ? State.FAILED : State.RUNNING;
    }

    @Override
    public State cancel() {
      throw new UnsupportedOperationException();
    }

    @Override
    public State waitUntilFinish(org.joda.time.Duration duration) {
      if (failure instanceof Error error) {
        throw error;
      }
      throw new PipelineExecutionException(failure);
    }

    @Override
    public State waitUntilFinish() {
      throw new UnsupportedOperationException();
    }

    @Override
    public MetricResults metrics() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void comesBackWhenAllIsDone() {
    RunningPipeline pipeline = new RunningPipeline(start(null), interrupt);

    assertThat(pipeline.await(), instanceOf(Done.class));
  }

  @Test
  void namesWhatTheStepThrew() {
    RunningPipeline pipeline = new RunningPipeline(start(new FailFn()), interrupt);

    Failed end = (Failed) pipeline.await();

    assertThat(end.cause(), instanceOf(FileNotFoundException.class));
    assertThat(end.cause().getMessage(), equalTo("plate 1 is not there"));
  }

  @Test
  void waitsUntilTheStepsOfAFailedPipelineAreTornDown() {
    TearingDown result = new TearingDown(new FileNotFoundException("plate 1 is not there"), 3);

    Failed end = (Failed) new RunningPipeline(result, interrupt).await();

    assertThat(end.cause().getMessage(), equalTo("plate 1 is not there"));
    assertThat(result.looks.get(), equalTo(4));
  }

  @Test
  void anErrorFailsThePipelineAndIsNoInterruption() {
    StackOverflowError error = new StackOverflowError();

    Failed end = (Failed) new RunningPipeline(new TearingDown(error, 0), interrupt).await();

    assertThat(end.cause(), sameInstance(error));
  }

  @Test
  void cancelsThePipelineWhenInterrupted() throws Exception {
    RunningPipeline pipeline = new RunningPipeline(start(new WaitFn()), interrupt);
    AtomicInteger code = new AtomicInteger();
    Thread signal = new Thread(() -> interrupt.request(code::set));
    STARTED.await();
    AtomicInteger calls = new AtomicInteger();

    PipelineEnd end =
        pipeline.await(
            Duration.ofMillis(20),
            () -> {
              if (calls.incrementAndGet() == 2) {
                signal.start();
              }
            });
    RELEASED.countDown();
    interrupt.settle(ExitCode.INTERRUPTED);
    signal.join();

    assertThat(end, instanceOf(Interrupted.class));
    assertThat(calls.get(), greaterThan(1));
    assertThat(code.get(), equalTo(130));
  }

  @Test
  void unwrapsWhatOnlyWraps() {
    IOException cause = new IOException("disk full");

    assertThat(
        RunningPipeline.unwrapped(
            new PipelineExecutionException(
                UserCodeException.wrap(new RuntimeException(new ExecutionException(cause))))),
        sameInstance(cause));
    RuntimeException own = new RuntimeException("while syncing out", cause);
    assertThat(RunningPipeline.unwrapped(new ExecutionException(own)), sameInstance(own));
  }

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
  }

  private static PipelineResult start(@Nullable DoFn<Integer, Integer> step) {
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs(
                "--runner=DirectRunner", "--blockOnRun=false", "--targetParallelism=2")
            .create();
    Pipeline pipeline = Pipeline.create(options);
    var numbers = pipeline.apply(Create.of(1));
    if (step != null) {
      numbers.apply(ParDo.of(step));
    }
    return pipeline.run();
  }
}
