package org.cytobeam.io.destination;

import java.io.IOException;

/** A process was to write for a run that its destination doesn't know as alive. */
public final class UnknownRunException extends IOException {

  private static final long serialVersionUID = 1L;

  UnknownRunException(RunId run, String where) {
    super(
        where
            + " has no run "
            + run
            + " that is alive. Every process of a cluster must see the output folder under the same"
            + " path: name a folder of a shared file system, or s3://bucket/prefix.");
  }
}
