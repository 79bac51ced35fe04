package org.cytobeam.transforms.outcome;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log of each item that failed: its class, its address and the reason, on one line, with
 * the stack trace below where there is one. The step in which an item fails tells of it; those that
 * pass it on don't.
 *
 * <p>The log is for people who watch. What counts is the item's row in the tables.
 */
public final class FailureLog {

  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

  private FailureLog() {}

  /**
   * Tells of an item that has just failed, and returns it.
   *
   * @param cause what was thrown, or null if the step found out by itself
   */
  public static Outcome told(Outcome failed, @Nullable Throwable cause) {
    Failure failure = failed.requireFailure();
    String uri = failed.getItem().withoutSecrets().getUri();
    String subject = uri.isEmpty() ? failed.getItem().getId() : uri;
    String message = failure.getMessage();
    LOG.warn(
        "{}: {}",
        failure.getFailureClass().label(),
        message.startsWith(subject) ? message : subject + ": " + message,
        cause);
    return failed;
  }
}
