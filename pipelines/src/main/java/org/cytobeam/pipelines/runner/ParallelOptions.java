package org.cytobeam.pipelines.runner;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.cytobeam.pipelines.options.Example;
import org.cytobeam.pipelines.options.OptionGroup;
import org.cytobeam.pipelines.options.Range;

/** How much happens at once, on any runner. */
@OptionGroup(value = "Run", order = 60)
public interface ParallelOptions extends PipelineOptions {

  @Description(
      "How many items one process works on at once. More than the processor has cores, so that"
          + " waiting for a server hides behind work.")
  @Default.Integer(8)
  @Range(least = 1, most = 4096)
  @Example("16")
  int getMaxWorkers();

  void setMaxWorkers(int maxWorkers);
}
