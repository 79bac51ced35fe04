package org.cytobeam.io.s3;

import java.util.concurrent.atomic.AtomicInteger;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.io.bytes.Integrity;
import org.cytobeam.io.limits.ByteWindow;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Puts one object together from the answers to one request after another: asks for what is missing,
 * and proves the whole. What doesn't fit what came before is dropped with it.
 *
 * <p>Used by one thread at a time.
 */
final class Assembly {

  private final S3Uri address;
  private final long maxBytes;
  private final long longest;
  private final AtomicInteger requests = new AtomicInteger();
  private @Nullable PartialBody soFar;

  /** From where on the present request asks; 0 for all. */
  private int from;

  /**
   * Creates an assembly of which nothing has come.
   *
   * @param maxBytes longest object that is wanted
   * @param room longest object that there is memory for
   */
  Assembly(S3Uri address, long maxBytes, long room) {
    this.address = address;
    this.maxBytes = maxBytes;
    this.longest = Math.min(maxBytes, room);
  }

  /** Returns a trace of a call that belongs to the object. */
  CallTrace trace() {
    return new CallTrace(requests);
  }

  /** Returns a request for what is missing. */
  GetObjectRequest request(CallTrace trace) {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder()
            .bucket(address.bucket())
            .key(address.key())
            .overrideConfiguration(c -> c.putExecutionAttribute(CallTrace.ATTRIBUTE, trace));
    PartialBody before = soFar;
    from = before == null ? 0 : before.length();
    return before == null
        ? request.checksumMode(ChecksumMode.ENABLED).build()
        : request.range(before.rest()).ifMatch(before.head().eTag()).build();
  }

  /**
   * Returns what gathers the answer to the last {@link #request}. It has all that came before, and
   * drops it if that is of no use.
   *
   * @param room that the object may take
   */
  WholeBody body(ByteWindow.Share room) {
    PartialBody before = soFar;
    soFar = null;
    return new WholeBody(longest, room, before);
  }

  /**
   * Returns the object that an answer has completed.
   *
   * @param whenTaken see {@link FetchedBytes#taken}
   * @throws FetchException if it has not
   * @throws NoRoomException if it was not read, for want of room; that request does not count
   */
  FetchedBytes answered(WholeBody.Received answer, CallTrace trace, Runnable whenTaken)
      throws FetchException, NoRoomException {
    if (answer instanceof WholeBody.NoRoom room) {
      requests.decrementAndGet();
      throw new NoRoomException(room.length());
    }
    if (answer instanceof WholeBody.TooLong tooLong) {
      throw failure(Reason.TOO_LARGE, tooLong(tooLong.head().contentLength()));
    }
    if (answer instanceof WholeBody.Wrong wrong) {
      throw failure(wrong.reason(), wrong.what());
    }
    WholeBody.Ended ended = (WholeBody.Ended) answer;
    return proven(ended.body(), !ended.resumed() && trace.checksumValidated(), whenTaken);
  }

  /**
   * Makes the best of an answer that did not end in order: keeps what came, or returns the object
   * if that was all.
   */
  FetchedBytes brokenOff(WholeBody body, Throwable thrown, CallTrace trace, Runnable whenTaken)
      throws FetchException {
    FetchException failure = failure(thrown, trace.answered());
    PartialBody came = body.stop();
    if (from > 0 && isRefusal(failure)) {
      throw failure(
          Reason.TRUNCATED,
          "broke off at byte " + from + ", and the server does not go on from there");
    }
    if (came != null && keepsWhatCame(failure.reason())) {
      if (came.whole()) {
        return proven(came, false, whenTaken);
      }
      soFar = came.resumable() ? came : null;
    }
    throw failure;
  }

  /** Returns whether a server did not want the request itself: the rest of an object, say. */
  private static boolean isRefusal(FetchException failure) {
    return failure.reason() == Reason.FAILED && failure.getCause() instanceof AwsServiceException;
  }

  private static boolean keepsWhatCame(Reason reason) {
    return switch (reason) {
      case TRUNCATED, TIMEOUT, UNREACHABLE, THROTTLED, SERVER_ERROR -> true;
      default -> false;
    };
  }

  private FetchedBytes proven(PartialBody body, boolean validated, Runnable whenTaken)
      throws FetchException {
    try {
      Integrity integrity = ObjectProof.check(address.bucket(), body, validated);
      ObjectHead head = ObjectHead.of(body.head());
      return new FetchedBytes(
          body.bytes(), head.etag(), integrity, requests.get(), head.contentEncoding(), whenTaken);
    } catch (DamagedException e) {
      throw failure(e.reason(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns the failure that something means which was thrown.
   *
   * @param answered whether the head of an answer had come
   */
  FetchException failure(Throwable thrown, boolean answered) {
    return S3Failures.of(address.toString(), thrown, answered, requests.get());
  }

  private FetchException failure(Reason reason, String what) {
    return new FetchException(reason, address.toString(), what, requests.get(), null);
  }

  private String tooLong(@Nullable Long length) {
    String has = length == null ? "has " : "has " + length + " bytes, ";
    return longest == maxBytes
        ? has + "more than the limit of " + maxBytes
        : has + "more than the " + longest + " that the heap of this process has room for";
  }
}
