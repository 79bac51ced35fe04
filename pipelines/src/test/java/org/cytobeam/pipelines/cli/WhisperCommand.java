package org.cytobeam.pipelines.cli;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.cytobeam.pipelines.options.Example;
import org.cytobeam.pipelines.options.Positional;

/** A command whose one option needs no name. */
final class WhisperCommand implements Command<WhisperCommand.WhisperOptions> {

  /** What to say. */
  public interface WhisperOptions extends PipelineOptions {
    @Description("What to whisper.")
    @Validation.Required
    @Positional
    @Example("psst")
    String getQuietText();

    void setQuietText(String text);
  }

  @Override
  public String name() {
    return "whisper";
  }

  @Override
  public String summary() {
    return "Prints a text as it is.";
  }

  @Override
  public Class<WhisperOptions> options() {
    return WhisperOptions.class;
  }

  @Override
  public ExitCode run(WhisperOptions options, Invocation invocation) {
    invocation.console().result(options.getQuietText());
    return ExitCode.DONE;
  }
}
