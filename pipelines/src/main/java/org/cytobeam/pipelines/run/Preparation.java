package org.cytobeam.pipelines.run;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.cli.PipelineEnd;
import org.cytobeam.pipelines.options.MistakesException;

/** What a run does before its own pipeline: another one, whose result decides how it goes on. */
public interface Preparation {

  /** Adds the graph of the pipeline that finds out what there is to do. */
  void build(Pipeline pipeline);

  /** Waits for the end of that pipeline and says meanwhile how far it is. */
  PipelineEnd await(PipelineResult result, Invocation invocation);

  /**
   * Decides how the run goes on when that pipeline has ended.
   *
   * @return how many items there are to do; empty if it is not to go on
   * @throws MistakesException if something must be mended first
   * @throws IOException if the run can't go on
   */
  OptionalLong decide(Destination folder) throws IOException, MistakesException;

  /** Returns what people have been told of the result, for the log. */
  List<String> told();

  /**
   * Returns whether a file is part of a result that only the pipeline of the run itself needs: once
   * the run has ended it is removed. It is asked about files of earlier runs too, which may have
   * been killed.
   *
   * @param path in the record of any run, below {@code _cytobeam/runs}
   */
  boolean isOnlyForTheRun(String path);
}
