package org.cytobeam.pipelines.cli;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.cytobeam.pipelines.options.OptionGroup;

/** How a command talks to people and scripts. */
@OptionGroup(value = "Console", order = 70)
public interface ConsoleOptions extends PipelineOptions {

  @Description(
      "Print one JSON document at the end, and nothing else, to the standard output. What is for"
          + " people goes to the standard error.")
  @Default.Boolean(false)
  boolean getJson();

  void setJson(boolean json);

  @Description("Don't say how far the run is. Results, warnings and failures are still shown.")
  @Default.Boolean(false)
  boolean getQuiet();

  void setQuiet(boolean quiet);
}
