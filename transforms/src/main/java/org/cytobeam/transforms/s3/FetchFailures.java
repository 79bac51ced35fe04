package org.cytobeam.transforms.s3;

import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.transforms.outcome.FailureClass;

/** The class of failure that each reason of a {@link FetchException} is. */
public final class FetchFailures {

  private FetchFailures() {}

  /** Returns whether the source itself seems to be in trouble, not only one of its objects. */
  public static boolean sourceIsIll(FetchException.Reason reason) {
    return switch (reason) {
      case TRUNCATED, TIMEOUT, THROTTLED, UNREACHABLE, SERVER_ERROR -> true;
      default -> false;
    };
  }

  /** Returns the class of a reason. */
  public static FailureClass classOf(FetchException.Reason reason) {
    return switch (reason) {
      case BAD_ADDRESS -> FailureClass.BAD_ROW;
      case MISSING -> FailureClass.MISSING;
      case DENIED, NO_CREDENTIALS, CREDENTIALS_EXPIRED -> FailureClass.DENIED;
      case TRUNCATED -> FailureClass.TRUNCATED;
      case TIMEOUT -> FailureClass.TIMEOUT;
      case THROTTLED -> FailureClass.THROTTLED;
      case CHANGED -> FailureClass.CHANGED;
      case CHECKSUM -> FailureClass.CHECKSUM;
      case TOO_LARGE -> FailureClass.TOO_LARGE;
      case UNREACHABLE -> FailureClass.UNREACHABLE;
      case SERVER_ERROR, FAILED -> FailureClass.SOURCE_ERROR;
    };
  }
}
