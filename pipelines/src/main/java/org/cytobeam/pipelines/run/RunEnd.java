package org.cytobeam.pipelines.run;

import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.transforms.outcome.RunSummary;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, as far as this process saw it.
 *
 * @param summary what it came to, if every element went through and this process saw it
 * @param error why it failed
 */
record RunEnd(ExitCode code, @Nullable RunSummary summary, @Nullable String error) {

  /** Returns whether a cluster goes on with the run: its end was not seen. */
  boolean isDetached() {
    return code == ExitCode.DONE && summary == null;
  }
}
