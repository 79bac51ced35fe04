package org.cytobeam.pipelines.options;

import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** An option whose value is JSON. */
public interface JsonOptions extends PipelineOptions {

  /** How many requests at once. */
  record Limits(int host) {}

  @Nullable Limits getLimits();

  void setLimits(Limits limits);
}
