package org.cytobeam.io.destination;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Makes calls to S3, waits for them, and tells what stops a whole run from what concerns one file.
 *
 * <p>The client repeats what may succeed the next time.
 */
final class S3Calls {

  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "InvalidToken", "TokenRefreshRequired");

  /** How often a call is made that the client gives up by itself; each has retries of its own. */
  private static final int MOST_CALLS = 4;

  private final S3AsyncClient client;
  private final S3Prefix where;

  S3Calls(S3AsyncClient client, S3Prefix where) {
    this.client = client;
    this.where = where;
  }

  S3Prefix where() {
    return where;
  }

  /**
   * Makes a call about one key and waits for its answer.
   *
   * @throws DestinationException if every other call would fail in the same way
   * @throws NoSuchFileException if there is no such object
   * @throws InterruptedIOException if the thread is interrupted; the call is given up
   */
  <T> T call(String key, Function<S3AsyncClient, CompletableFuture<T>> call) throws IOException {
    String address = "s3://" + where.bucket() + "/" + key;
    for (int calls = 1; true; calls++) {
      CompletableFuture<T> answer = call.apply(client);
      try {
        return answer.get();
      } catch (InterruptedException e) {
        answer.cancel(true);
        throw interrupted(address, e);
      } catch (ExecutionException e) {
        Throwable fault = e.getCause() == null ? e : e.getCause();
        if (calls == MOST_CALLS || !isGivenUpByItself(fault)) {
          throw explain(address, fault);
        }
      }
    }
  }

  /**
   * Returns whether the client gave a call up though it was to repeat it: after a connection broke
   * it can take the end of one try for that of the next, or not know the fault inside of a wrapper.
   */
  private static boolean isGivenUpByItself(Throwable fault) {
    String text = String.valueOf(fault.getMessage());
    return fault instanceof SdkClientException
        && !(fault.getCause() instanceof InterruptedException)
        && (text.contains("Request cancelled") || text.contains("CompletionException"));
  }

  private static InterruptedIOException interrupted(String address, Throwable cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted = new InterruptedIOException("interrupted: " + address);
    interrupted.initCause(cause);
    return interrupted;
  }

  /** Returns what is known of an object, or empty if there is none. */
  Optional<HeadObjectResponse> head(String key) throws IOException {
    HeadObjectRequest request = HeadObjectRequest.builder().bucket(where.bucket()).key(key).build();
    try {
      return Optional.of(call(key, s3 -> s3.headObject(request)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Returns when the server answered, by the clock that it dates objects and uploads with. */
  static Instant serverTime(S3Response answer) {
    Optional<String> date = answer.sdkHttpResponse().firstMatchingHeader("Date");
    try {
      return date.isPresent()
          ? Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.get()))
          : Instant.now();
    } catch (DateTimeParseException e) {
      return Instant.now();
    }
  }

  private IOException explain(String address, Throwable fault) {
    if (fault instanceof S3Exception refusal) {
      return explainRefusal(address, refusal);
    }
    if (fault.getCause() instanceof InterruptedException) {
      // The client was the first to notice, and has cleared the thread's state.
      return interrupted(address, fault);
    }
    String text = String.valueOf(fault.getMessage());
    if (fault instanceof SdkClientException && text.contains("Unable to load credentials")) {
      return new DestinationException(
          "No AWS credentials were found to write to "
              + where
              + ". Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
          fault);
    }
    return new IOException(address + ": " + text, fault);
  }

  private IOException explainRefusal(String address, S3Exception refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    String code = details == null ? "" : String.valueOf(details.errorCode());
    if (EXPIRED.contains(code)) {
      return new DestinationException(
          "The AWS credentials for " + where + " have expired. Renew them and run it again.",
          refusal);
    }
    if (code.equals("NoSuchBucket")) {
      return new NoSuchBucketException(where.bucket(), refusal);
    }
    if (refusal.statusCode() == 401 || refusal.statusCode() == 403) {
      return new DestinationException(
          "No right to write to "
              + where
              + " ("
              + code
              + "). The credentials need s3:PutObject, s3:GetObject, s3:DeleteObject,"
              + " s3:AbortMultipartUpload and s3:ListBucket there.",
          refusal);
    }
    if (refusal.statusCode() == 404) {
      NoSuchFileException missing = new NoSuchFileException(address);
      missing.initCause(refusal);
      return missing;
    }
    return new IOException(address + ": " + refusal.getMessage(), refusal);
  }
}
