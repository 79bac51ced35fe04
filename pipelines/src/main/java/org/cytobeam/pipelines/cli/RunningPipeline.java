package org.cytobeam.pipelines.cli;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.util.UserCodeException;
import org.cytobeam.pipelines.cli.PipelineEnd.Done;
import org.cytobeam.pipelines.cli.PipelineEnd.Failed;
import org.cytobeam.pipelines.cli.PipelineEnd.Interrupted;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pipeline that has been started and doesn't block. */
public final class RunningPipeline {

  private static final Logger LOG = LoggerFactory.getLogger(RunningPipeline.class);

  private static final java.time.Duration LONGEST_TEARDOWN = java.time.Duration.ofSeconds(30);
  private static final int MILLIS_BETWEEN_LOOKS = 10;

  private final PipelineResult result;
  private final Interrupt interrupt;

  /**
   * Watches a pipeline.
   *
   * @param result what {@code Pipeline.run()} returned, on a runner that was told not to block
   * @param interrupt cancels the pipeline when it is requested
   */
  public RunningPipeline(PipelineResult result, Interrupt interrupt) {
    this.result = result;
    this.interrupt = interrupt;
    interrupt.onRequest(this::cancel);
  }

  /** Waits for the end. */
  public PipelineEnd await() {
    return await(java.time.Duration.ofDays(1), () -> {});
  }

  /**
   * Waits for the end and does something time and again meanwhile.
   *
   * @param pause between two calls
   * @param meanwhile is called by this thread; it must not throw
   */
  public PipelineEnd await(java.time.Duration pause, Runnable meanwhile) {
    Duration slice = Duration.millis(pause.toMillis());
    try {
      State state = result.waitUntilFinish(slice);
      while (state == null || !state.isTerminal()) {
        meanwhile.run();
        state = result.waitUntilFinish(slice);
      }
      return end(state);
    } catch (RuntimeException | Error e) {
      awaitTeardown();
      return interrupt.isRequested() ? new Interrupted() : failed(e);
    }
  }

  /**
   * The direct runner tells a failure before it has torn the steps down: until then they may still
   * write, and put what their journals have gathered.
   */
  private void awaitTeardown() {
    long start = System.nanoTime();
    try {
      while (result.getState() == State.RUNNING
          && System.nanoTime() - start < LONGEST_TEARDOWN.toNanos()) {
        Thread.sleep(MILLIS_BETWEEN_LOOKS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.debug("The runner no longer knows of the pipeline", e);
    }
  }

  private PipelineEnd end(State state) {
    if (interrupt.isRequested()) {
      return state == State.DONE ? new Done() : new Interrupted();
    }
    return state == State.DONE
        ? new Done()
        : failed(new IllegalStateException("The runner ended the pipeline as " + state));
  }

  private static Failed failed(Throwable thrown) {
    LOG.error("The pipeline failed", thrown);
    return new Failed(unwrapped(thrown));
  }

  /** Returns what a step threw, without what Beam, its runners and executors wrap around it. */
  static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && isWrapper(cause)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean isWrapper(Throwable thrown) {
    return thrown instanceof PipelineExecutionException
        || thrown instanceof UserCodeException
        || thrown instanceof ExecutionException
        || thrown instanceof CompletionException
        || isBareWrapper(thrown);
  }

  /** Whether it says nothing of its own, as {@code new RuntimeException(cause)}. */
  private static boolean isBareWrapper(Throwable thrown) {
    return String.valueOf(thrown.getCause()).equals(thrown.getMessage());
  }

  private void cancel() {
    try {
      result.cancel();
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("The pipeline could not be cancelled; the process ends all the same", e);
    }
  }
}
