package org.cytobeam.io.s3;

import java.util.concurrent.CompletableFuture;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.ranges.NoRangesException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * One range of an object, on condition that the object is still the same. Where an answer broke off
 * the next attempt asks for the rest; what an answer had that contradicts itself is dropped.
 *
 * <p>Attempts follow one another, so that the fields have one user at a time.
 */
final class RangeQuestion implements S3Question<RangeBody.Received, Integer> {

  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final S3Uri address;
  private final ObjectHead head;
  private final long size;
  private final long offset;
  private final byte[] target;
  private final int length;
  private int filled;
  private @Nullable RangeBody body;

  /**
   * Creates a question for bytes that have not come.
   *
   * @param size of the object
   * @param offset of the range in the object
   * @param target has the bytes from its beginning on
   * @param length of the range
   */
  RangeQuestion(S3Uri address, ObjectHead head, long size, long offset, byte[] target, int length) {
    this.address = address;
    this.head = head;
    this.size = size;
    this.offset = offset;
    this.target = target;
    this.length = length;
  }

  @Override
  public CompletableFuture<RangeBody.Received> send(S3AsyncClient client, CallTrace trace) {
    if (filled == length) {
      // The connection broke when all had come.
      return CompletableFuture.completedFuture(new RangeBody.Ended());
    }
    RangeBody.Wanted wanted =
        new RangeBody.Wanted(offset + filled, offset + length - 1, size, head.quotedEtag());
    RangeBody next = new RangeBody(wanted, target, filled);
    body = next;
    return client.getObject(
        GetObjectRequest.builder()
            .bucket(address.bucket())
            .key(address.key())
            .range(wanted.range())
            .ifMatch(head.isStrong() ? head.quotedEtag() : null)
            .overrideConfiguration(call -> call.putExecutionAttribute(CallTrace.ATTRIBUTE, trace))
            .build(),
        next);
  }

  /** Returns how many bytes the range has. */
  @Override
  public Integer take(RangeBody.Received answer) throws DamagedException, NoRangesException {
    int came = stop();
    if (answer instanceof RangeBody.Whole) {
      throw new NoRangesException(address + ": the server sends no ranges");
    }
    if (answer instanceof RangeBody.Wrong wrong) {
      throw new DamagedException(wrong.reason(), wrong.what());
    }
    if (came != length) {
      throw new DamagedException(
          Reason.TRUNCATED, "a range ended after " + came + " of " + length + " bytes");
    }
    return came;
  }

  @Override
  public FetchException explain(FetchException failure, boolean answered) {
    filled = stop();
    if (failure.getCause() instanceof AwsServiceException refusal
        && refusal.statusCode() == RANGE_NOT_SATISFIABLE) {
      return new FetchException(
          Reason.CHANGED,
          address.toString(),
          "the object is shorter than before",
          failure.attempts(),
          refusal);
    }
    return failure;
  }

  /** Another object is no rest of this one, however often it is asked for. */
  @Override
  public boolean mayPass(FetchException failure) {
    return failure.retryable() && failure.reason() != Reason.CHANGED;
  }

  private int stop() {
    RangeBody last = body;
    return last == null ? filled : last.stop();
  }
}
