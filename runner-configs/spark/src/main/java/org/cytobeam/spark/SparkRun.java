package org.cytobeam.spark;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.beam.runners.spark.SparkContextOptions;
import org.apache.beam.runners.spark.translation.SparkContextFactory;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.spark.api.java.JavaSparkContext;
import org.cytobeam.transforms.flow.RunAbortedException;

/**
 * A pipeline that Spark runs, in a context of its own.
 *
 * <p>Beam's result marks a pipeline as cancelled and leaves its tasks to themselves. Here they are
 * interrupted: when the pipeline is cancelled, when one of them aborts the run (Spark would try it
 * three times more), and when another one has failed. The end is told when none works any more.
 */
final class SparkRun implements PipelineResult {

  private static final Duration LONGEST_END_OF_TASKS = Duration.ofSeconds(20);
  private static final Duration LONGEST_CANCEL = Duration.ofSeconds(2);

  private final JavaSparkContext context;
  private final TaskWatch tasks;
  private final PipelineResult run;

  private SparkRun(JavaSparkContext context, TaskWatch tasks, PipelineResult run) {
    this.context = context;
    this.tasks = tasks;
    this.run = run;
  }

  /**
   * Starts a pipeline.
   *
   * @param items how many items it is about, 0 if that is not known
   */
  static SparkRun start(Pipeline pipeline, long items) {
    SparkContextOptions options = pipeline.getOptions().as(SparkContextOptions.class);
    JavaSparkContext context = new JavaSparkContext(ContextSettings.of(options, items));
    try {
      TaskWatch tasks = new TaskWatch(context.sc()::cancelAllJobs);
      context.sc().addSparkListener(tasks);
      // The thread that Beam starts inherits this: tasks of jobs that end are interrupted.
      context.setJobGroup(UUID.randomUUID().toString(), options.getJobName(), true);
      options.setUsesProvidedSparkContext(true);
      options.setProvidedSparkContext(context);
      return new SparkRun(context, tasks, pipeline.run());
    } catch (RuntimeException | Error e) {
      boolean isGone = context.sc().isStopped();
      stop(context);
      if (isGone) {
        throw unreachable(options.getSparkMaster(), e);
      }
      throw e;
    }
  }

  /** Spark itself only logs that it has asked in vain, and ends its context. */
  private static IllegalStateException unreachable(String master, Throwable cause) {
    return new IllegalStateException(
        "No Spark cluster answers at "
            + master
            + ". See that it runs, and that this machine reaches it.",
        cause);
  }

  @Override
  public State getState() {
    return run.getState();
  }

  @Override
  public State waitUntilFinish() {
    return waitUntilFinish(org.joda.time.Duration.millis(-1));
  }

  @Override
  public State waitUntilFinish(org.joda.time.Duration duration) {
    try {
      State state = run.waitUntilFinish(duration);
      if (state.isTerminal()) {
        end();
      }
      return state;
    } catch (RuntimeException | Error e) {
      end();
      Optional<RunAbortedException> abort = tasks.abort();
      if (abort.isPresent()) {
        throw new PipelineExecutionException(abort.get());
      }
      throw e;
    }
  }

  @Override
  public State cancel() {
    context.sc().cancelAllJobs();
    tasks.awaitNone(LONGEST_CANCEL);
    stop(context);
    return State.CANCELLED;
  }

  @Override
  public MetricResults metrics() {
    return run.metrics();
  }

  private void end() {
    tasks.awaitNone(LONGEST_END_OF_TASKS);
    stop(context);
  }

  private static void stop(JavaSparkContext context) {
    context.stop();
    SparkContextFactory.clearProvidedSparkContext();
  }
}
