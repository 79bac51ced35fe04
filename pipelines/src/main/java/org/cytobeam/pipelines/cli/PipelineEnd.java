package org.cytobeam.pipelines.cli;

/** How the run of a pipeline ended. */
public sealed interface PipelineEnd {

  /** Every element has gone through. */
  record Done() implements PipelineEnd {}

  /** It was stopped on request. */
  record Interrupted() implements PipelineEnd {}

  /**
   * A step failed for good.
   *
   * @param cause what the step threw, without what the runner wraps around it
   */
  record Failed(Throwable cause) implements PipelineEnd {}
}
