package org.cytobeam.pipelines.report;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.cytobeam.pipelines.cli.ConsoleOptions;
import org.cytobeam.pipelines.options.Example;
import org.cytobeam.pipelines.options.OptionGroup;
import org.cytobeam.pipelines.options.Positional;
import org.cytobeam.pipelines.run.S3SourceOptions;
import org.jspecify.annotations.Nullable;

/** The options of {@code report}. */
public interface ReportOptions extends S3SourceOptions, ConsoleOptions {

  @OptionGroup(value = "Input", order = 10)
  @Description("The output folder of a job, local or s3://bucket/prefix.")
  @Validation.Required
  @Positional
  @Example("out")
  String getOutputDir();

  void setOutputDir(String outputDir);

  @OptionGroup(value = "Input", order = 10)
  @Description("The run that the page is about. Default: the latest.")
  @Example("20261122T093000Z-1a2b3c4d")
  @Nullable String getRun();

  void setRun(@Nullable String run);
}
