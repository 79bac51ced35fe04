package org.cytobeam.io.s3;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Tells from what the SDK throws why an object can't be had: by the error's code, where the server
 * gave one, then by the status, then by what happened to the connection.
 *
 * <p>Codes: Amazon S3 API Reference, "Error responses".
 */
final class S3Failures {

  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "InvalidToken", "TokenRefreshRequired");

  private static final Set<String> THROTTLED =
      Set.of(
          "SlowDown",
          "ServiceUnavailable",
          "Throttling",
          "ThrottlingException",
          "TooManyRequests",
          "TooManyRequestsException",
          "RequestLimitExceeded",
          "RequestThrottled");

  private S3Failures() {}

  /**
   * Returns the exception to hand on.
   *
   * @param answered whether the head of an answer had come
   * @param attempts how many requests have been sent
   */
  static FetchException of(String uri, Throwable thrown, boolean answered, int attempts) {
    Throwable failure = unwrap(thrown);
    if (failure instanceof FetchException fetch) {
      return fetch;
    }
    if (checksumMismatch(failure)) {
      return new FetchException(
          Reason.CHECKSUM, uri, String.valueOf(failure.getMessage()), attempts, failure);
    }
    if (failure instanceof AwsServiceException refusal) {
      return refused(uri, refusal, attempts);
    }
    Reason reason = broken(failure, answered, attempts);
    return new FetchException(reason, uri, describe(reason, failure), attempts, failure);
  }

  /** Returns what a future has been completed with. */
  static Throwable unwrap(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return thrown instanceof CompletionException && cause != null ? unwrap(cause) : thrown;
  }

  /** Tells whether the SDK has found a body to be other than its checksum says. */
  private static boolean checksumMismatch(Throwable failure) {
    return String.valueOf(failure.getMessage()).contains("different checksum than expected");
  }

  private static FetchException refused(String uri, AwsServiceException refusal, int attempts) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    int status = refusal.statusCode();
    Reason reason = reason(code, status);
    String answer = code.isEmpty() ? "status " + status : code + ", status " + status;
    String what = meaning(reason, code) + " (" + answer + ")";
    return new FetchException(reason, uri, what, attempts, refusal);
  }

  static Reason reason(String code, int status) {
    if (EXPIRED.contains(code)) {
      return Reason.CREDENTIALS_EXPIRED;
    }
    if (THROTTLED.contains(code)) {
      return Reason.THROTTLED;
    }
    return switch (status) {
      case 401, 403 -> Reason.DENIED;
      case 404, 410 -> Reason.MISSING;
      case 408 -> Reason.TIMEOUT;
      case 409, 412 -> Reason.CHANGED;
      case 429, 503 -> Reason.THROTTLED;
      case 501 -> Reason.FAILED;
      default -> {
        boolean timeout = code.equals("RequestTimeout");
        yield timeout ? Reason.TIMEOUT : status >= 500 ? Reason.SERVER_ERROR : Reason.FAILED;
      }
    };
  }

  private static String meaning(Reason reason, String code) {
    return switch (reason) {
      case MISSING ->
          code.equals("NoSuchBucket") ? "there is no such bucket" : "there is no such object";
      case DENIED -> "access denied";
      case CREDENTIALS_EXPIRED -> "the AWS credentials have expired: renew them and run again";
      case THROTTLED -> "the server asks for fewer requests";
      case TIMEOUT -> "the server waited in vain for the request";
      case CHANGED -> "the object is another than before";
      case SERVER_ERROR -> "the server failed";
      default -> "the server refused";
    };
  }

  private static Reason broken(Throwable failure, boolean answered, int attempts) {
    if (anyCause(failure, S3Failures::isTimeout)) {
      return Reason.TIMEOUT;
    }
    if (anyCause(failure, SSLException.class::isInstance)) {
      return Reason.FAILED;
    }
    if (anyCause(failure, IOException.class::isInstance)) {
      return answered ? Reason.TRUNCATED : Reason.UNREACHABLE;
    }
    return attempts == 0 && mentions(failure, "credentials")
        ? Reason.NO_CREDENTIALS
        : Reason.FAILED;
  }

  private static boolean isTimeout(Throwable failure) {
    return failure instanceof TimeoutException
        || failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException
        || failure instanceof io.netty.handler.timeout.TimeoutException;
  }

  private static String describe(Reason reason, Throwable failure) {
    String detail = String.valueOf(failure.getMessage());
    return switch (reason) {
      case TIMEOUT ->
          "took too long: " + (failure.getMessage() == null ? "no end of it came" : detail);
      case TRUNCATED -> "the connection broke in the middle: " + detail;
      case UNREACHABLE -> "the server can't be reached: " + detail;
      case NO_CREDENTIALS ->
          "no AWS credentials were found, and the bucket is not known as public: " + detail;
      default -> failure.toString();
    };
  }

  private static boolean mentions(Throwable failure, String word) {
    return anyCause(
        failure, f -> String.valueOf(f.getMessage()).toLowerCase(Locale.ROOT).contains(word));
  }

  private static boolean anyCause(Throwable failure, Predicate<Throwable> condition) {
    return Stream.iterate(failure, f -> f != null, Throwable::getCause)
        .limit(20)
        .anyMatch(condition);
  }
}
