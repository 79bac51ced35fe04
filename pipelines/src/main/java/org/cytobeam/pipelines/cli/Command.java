package org.cytobeam.pipelines.cli;

import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.cytobeam.pipelines.options.Mistake;

/**
 * Something that Cytobeam can do. A class that is registered as a service of this interface, and
 * has a public constructor without parameters, is a command; help lists commands in the order in
 * which they are registered.
 *
 * <p>Creating one must cost nothing: every start of the program creates all of them.
 *
 * @param <O> its options
 */
public interface Command<O extends PipelineOptions> {

  /** Returns the word, or the words with a space between, that call it: {@code em web}. */
  String name();

  /** Returns what it does, in one sentence. */
  String summary();

  /**
   * Returns command lines that work as they are, without the program's name: {@code plate
   * --job_csv_path testdata/plate/load_data.csv --output_dir out}.
   */
  default List<String> examples() {
    return List.of();
  }

  /** Returns the interface whose properties are its options. */
  Class<O> options();

  /**
   * Returns what is wrong with options that are each right by themselves. It is asked even if other
   * mistakes were found, so that all are reported together: a required option may then be null, and
   * what it says about options that are known to be mistaken isn't shown.
   */
  default List<Mistake> check(O options) {
    return List.of();
  }

  /**
   * Does it.
   *
   * @param options without mistakes, with the runner and its defaults set
   * @param invocation where to write and when to stop
   * @throws org.cytobeam.pipelines.options.MistakesException if an input turned out wrong before
   *     anything was started
   * @throws Exception if it fails; people see the message, the log gets the rest
   */
  ExitCode run(O options, Invocation invocation) throws Exception;
}
