package org.cytobeam.transforms.flow;

import java.io.IOException;

/**
 * Ends the whole run: what is pending stays pending, and a later run goes on with it.
 *
 * <p>The message is for people and says what to mend.
 */
public final class RunAbortedException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Ends the run for a reason that no exception tells. */
  public RunAbortedException(String message) {
    super(message);
  }

  /** Ends the run because of an exception. */
  public RunAbortedException(String message, Throwable cause) {
    super(message, cause);
  }
}
