package org.cytobeam.transforms.s3;

import java.io.IOException;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.s3.CredentialRenewal;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.transforms.flow.Breaker;
import org.cytobeam.transforms.flow.Interrupts;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureLog;
import org.cytobeam.transforms.outcome.Outcome;

/** What becomes of an item, or of the whole run, when bytes can't be had. */
public final class FetchFaults {

  private FetchFaults() {}

  /**
   * Returns the item as failed, and tells the log and the breaker of it.
   *
   * @throws RunAbortedException if the credentials have expired, or if too many failed in a row
   * @throws IOException if the thread was told to stop: then the item has not failed
   */
  public static Outcome failed(
      String step, Outcome outcome, FetchException e, Breaker breaker, S3Settings s3)
      throws IOException {
    Interrupts.rethrow(e);
    String message = String.valueOf(e.getMessage());
    if (e.reason() == Reason.CREDENTIALS_EXPIRED) {
      throw new RunAbortedException(
          message
              + ". Renew the credentials and run the same command again: it goes on. "
              + CredentialRenewal.sentence(s3),
          e);
    }
    if (FetchFailures.sourceIsIll(e.reason())) {
      breaker.transientFailure(message);
    } else {
      breaker.answered();
    }
    return FailureLog.told(
        outcome.failed(
            Failure.of(
                step, FetchFailures.classOf(e.reason()), message, Math.max(1, e.attempts()))),
        e);
  }

  /**
   * Ends the run if there were no credentials to ask with.
   *
   * @throws RunAbortedException which says how there will be some
   */
  public static void abortWithoutCredentials(FetchException e, S3Settings s3)
      throws RunAbortedException {
    if (e.reason() == Reason.NO_CREDENTIALS) {
      throw new RunAbortedException(
          e.getMessage()
              + ". Provide credentials and run the same command again: it goes on. "
              + CredentialRenewal.sentence(s3),
          e);
    }
  }
}
