package org.cytobeam.pipelines.report;

import org.apache.beam.sdk.options.Description;
import org.cytobeam.pipelines.folder.FolderOptions;
import org.cytobeam.pipelines.options.Example;
import org.cytobeam.pipelines.options.OptionGroup;
import org.jspecify.annotations.Nullable;

/** The options of {@code report}. */
public interface ReportOptions extends FolderOptions {

  @OptionGroup(value = "Input", order = 10)
  @Description("The run that the page is about. Default: the latest.")
  @Example("20261122T093000Z-1a2b3c4d")
  @Nullable String getRun();

  void setRun(@Nullable String run);
}
