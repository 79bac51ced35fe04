package org.cytobeam.pipelines.cli;

import org.apache.beam.sdk.options.PipelineOptions;

/** A command of two words that prints them. */
record TwoWordCommand(String name, String summary) implements Command<PipelineOptions> {

  @Override
  public Class<PipelineOptions> options() {
    return PipelineOptions.class;
  }

  @Override
  public ExitCode run(PipelineOptions options, Invocation invocation) {
    invocation.console().result(invocation.command() + " ran");
    return ExitCode.INCOMPLETE;
  }
}
