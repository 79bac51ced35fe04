package org.cytobeam.direct;

import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;

/** What the command of these tests does. */
public interface TrialOptions extends PipelineOptions {

  /** The ways that a run can go. */
  enum Way {
    END,
    BREAK,
    FAIL,
    HANG
  }

  @Validation.Required
  Way getWay();

  void setWay(Way way);

  @Validation.Required
  String getLogDir();

  void setLogDir(String folder);
}
