package org.cytobeam.pipelines.folder;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.cytobeam.pipelines.cli.ConsoleOptions;
import org.cytobeam.pipelines.options.Example;
import org.cytobeam.pipelines.options.OptionGroup;
import org.cytobeam.pipelines.options.Positional;
import org.cytobeam.pipelines.run.S3SourceOptions;

/** The options of a command about an output folder. */
public interface FolderOptions extends S3SourceOptions, ConsoleOptions {

  @OptionGroup(value = "Input", order = 10)
  @Description("The output folder of a job, local or s3://bucket/prefix.")
  @Validation.Required
  @Positional
  @Example("out")
  String getOutputDir();

  void setOutputDir(String outputDir);
}
