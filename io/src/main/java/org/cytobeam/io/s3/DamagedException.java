package org.cytobeam.io.s3;

import org.cytobeam.io.bytes.FetchException.Reason;

/** An answer that the SDK took for good and that is not what the server keeps. */
final class DamagedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  DamagedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
