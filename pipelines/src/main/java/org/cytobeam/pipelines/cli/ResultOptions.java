package org.cytobeam.pipelines.cli;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.cytobeam.pipelines.options.OptionGroup;

/** In which form a command says what it came to; all commands have this. */
public interface ResultOptions extends PipelineOptions {

  @OptionGroup(value = "Run", order = 60)
  @Description(
      "Print one JSON document at the end, and nothing else, to the standard output. What is for"
          + " people goes to the standard error.")
  @Default.Boolean(false)
  boolean getJson();

  void setJson(boolean json);
}
