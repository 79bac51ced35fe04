package org.cytobeam.io.destination;

import java.io.IOException;

/**
 * A destination that can't take any file, so that going on is pointless: a full disk, no right to
 * write, a folder that is none.
 */
public class DestinationException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception whose message says what is wrong and how to mend it. */
  public DestinationException(String message, Throwable cause) {
    super(message, cause);
  }
}
