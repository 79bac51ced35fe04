package org.cytobeam.pipelines.cli;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.cytobeam.pipelines.log.LogFormat;
import org.cytobeam.pipelines.options.Example;
import org.cytobeam.pipelines.options.OptionGroup;

/** How a command talks to people and scripts. */
@OptionGroup(value = "Console", order = 70)
public interface ConsoleOptions extends PipelineOptions {

  @Description("Don't say how far the run is. Results, warnings and failures are still shown.")
  @Default.Boolean(false)
  boolean getQuiet();

  void setQuiet(boolean quiet);

  @Description(
      "The form of the run's log: text for people, logs/run.log, or json, an object a line,"
          + " logs/run.jsonl. The console's is always for people.")
  @Default.Enum("TEXT")
  @Example("json")
  LogFormat getLogFormat();

  void setLogFormat(LogFormat logFormat);
}
