package org.cytobeam.io.ranges;

import java.io.IOException;
import java.io.Serial;

/** A server sends the whole where a range was asked for; it may do so (RFC 9110 §14.2). */
public final class NoRangesException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message names what was asked for
   */
  public NoRangesException(String message) {
    super(message);
  }
}
