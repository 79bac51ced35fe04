package org.cytobeam.pipelines.verify;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.cytobeam.io.destination.Check;
import org.cytobeam.pipelines.cli.ConsoleOptions;
import org.cytobeam.pipelines.options.Example;
import org.cytobeam.pipelines.options.OptionGroup;
import org.cytobeam.pipelines.options.Positional;
import org.cytobeam.pipelines.run.S3SourceOptions;

/** The options of {@code verify}. */
public interface VerifyOptions extends S3SourceOptions, ConsoleOptions {

  @OptionGroup(value = "Input", order = 10)
  @Description("The output folder of a job, local or s3://bucket/prefix.")
  @Validation.Required
  @Positional
  @Example("out")
  String getOutputDir();

  void setOutputDir(String outputDir);

  @OptionGroup(value = "Input", order = 10)
  @Description(
      "How a file is held against the manifest: by its length alone, or by its length and the hash"
          + " of all its bytes, which are read for it.")
  @Default.Enum("SIZE")
  @Example("sha256")
  Check getCheck();

  void setCheck(Check check);
}
