package org.cytobeam.transforms.images;

import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.s3.CredentialRenewal;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.cytobeam.transforms.s3.FetchFaults;

/** What to say when the bucket itself can't be asked: then no name is missing, and the run ends. */
final class ObjectAnswers {

  private ObjectAnswers() {}

  /**
   * Returns the end of a run that the bucket gives no answers.
   *
   * @throws RunAbortedException the same, if there were no credentials to ask with
   */
  static RunAbortedException aborted(FetchException e, S3Settings s3) throws RunAbortedException {
    FetchFaults.abortWithoutCredentials(e, s3);
    String mend =
        switch (e.reason()) {
          case CREDENTIALS_EXPIRED ->
              "Renew the credentials and run the same command again: it goes on. "
                  + CredentialRenewal.sentence(s3);
          case DENIED ->
              "Check with `aws sts get-caller-identity` whose credentials are used, use others or"
                  + " renew them, and run the same command again: it goes on. "
                  + CredentialRenewal.sentence(s3);
          case MISSING -> "Check --bucket and --endpoint.";
          default -> "Run the same command again: it goes on.";
        };
    return new RunAbortedException(e.getMessage() + ". " + mend, e);
  }

  /** Returns whether an answer about one object holds for all of them. */
  static boolean concernsAll(FetchException.Reason reason) {
    return switch (reason) {
      case CREDENTIALS_EXPIRED, NO_CREDENTIALS -> true;
      default -> false;
    };
  }

  /** Returns whether an answer about one object holds for all of them if it is the only one. */
  static boolean mayConcernAll(FetchException.Reason reason) {
    return switch (reason) {
      case DENIED, FAILED -> true;
      default -> false;
    };
  }
}
