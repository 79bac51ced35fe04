package org.cytobeam.pipelines.runner;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.cytobeam.pipelines.options.Mistake;

/**
 * A runner that pipelines can run on. A module that brings a runner's classes registers one as a
 * service; a class path without any runs nothing.
 */
public interface RunnerConfig {

  /** Returns the short name for {@code --runner}, such as {@code direct}. */
  String name();

  /** Returns Beam's name of the runner, its class without the package; it is accepted too. */
  String beamName();

  /** Returns the version of what runs the pipelines, for the record of a run. */
  String version();

  /** Returns the interfaces with the options that only this runner has. */
  List<Class<? extends PipelineOptions>> options();

  /**
   * Returns the values of Beam's and the runner's options that hold where the user gives none.
   *
   * @param maxWorkers how many items one process works on at once
   * @return property to value, as on a command line
   */
  Map<String, String> defaults(int maxWorkers);

  /**
   * Returns what keeps the runner from running pipelines: these options, as they were given, or
   * this machine.
   */
  default List<Mistake> mistakes(PipelineOptions options) {
    return List.of();
  }

  /** Returns where pipelines with these options run. */
  default Place place(PipelineOptions options) {
    return Place.THIS_PROCESS;
  }

  /**
   * Returns how rows are handed out.
   *
   * @param maxWorkers how many items one process works on at once
   * @param items how many there will be, about
   */
  default Lanes lanes(PipelineOptions options, int maxWorkers, long items) {
    return Lanes.paced(maxWorkers);
  }

  /**
   * Starts a pipeline whose options name this runner, and comes back at once.
   *
   * <p>What it returns can be asked by several threads: {@code waitUntilFinish(duration)} waits no
   * longer than that, gives a terminal state at the end alone, and throws what a step threw; {@code
   * metrics()} moves meanwhile, if the runner can; {@code getState()} is terminal as soon as no
   * step runs any more.
   *
   * @param items how many items it is about, 0 if that is not known
   */
  default PipelineResult start(Pipeline pipeline, long items) {
    return pipeline.run();
  }

  /**
   * Returns whether the counters of a pipeline move item by item, or often at least, while it runs;
   * else its progress is read from the journal of the run.
   */
  default boolean countsAsItGoes() {
    return true;
  }

  /** Returns those on the class path, in its order. */
  static List<RunnerConfig> available() {
    return ServiceLoader.load(RunnerConfig.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
