package org.cytobeam.pipelines.cli;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.cytobeam.pipelines.options.Example;
import org.cytobeam.pipelines.options.OptionGroup;
import org.cytobeam.pipelines.options.Range;
import org.cytobeam.pipelines.runner.ParallelOptions;
import org.jspecify.annotations.Nullable;

/** A few options, as a command would have them. */
@OptionGroup(value = "Text", order = 1)
public interface ShoutOptions extends ParallelOptions {

  @Description(
      "What to shout. It may be a long text with spaces, if the shell is told so by quotes around"
          + " all of it.")
  @Validation.Required
  @Example("hello")
  @Nullable String getWhat();

  void setWhat(String what);

  @Description("How often.")
  @Default.Integer(1)
  @Range(least = 1, most = 3)
  int getTimes();

  void setTimes(int times);

  @Description("Whether to end with a mark.")
  @Default.Boolean(true)
  boolean isMark();

  void setMark(boolean mark);

  @Nullable String getApiToken();

  void setApiToken(String token);
}
