package org.cytobeam.io.s3;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Puts the body of one answer where it belongs, if it is exactly the range that was asked for.
 *
 * <p>After {@link #stop} nothing is written any more, whatever is still on its way.
 */
final class RangeBody implements AsyncResponseTransformer<GetObjectResponse, RangeBody.Received> {

  /** What an answer was. */
  sealed interface Received {}

  /** A body that ended in order. */
  record Ended() implements Received {}

  /** The whole object, of which nothing was read. */
  record Whole() implements Received {}

  /** A body that was not read, or not to its end, because it is not what was asked for. */
  record Wrong(Reason reason, String what) implements Received {}

  /**
   * What is asked for.
   *
   * @param first offset of the range in the object
   * @param last offset of the last byte in the object
   * @param size of the object
   * @param quotedEtag of the object; null if it has none
   */
  record Wanted(long first, long last, long size, @Nullable String quotedEtag) {

    /** Returns the {@code Range} of a request for it. */
    String range() {
      return "bytes=" + first + "-" + last;
    }

    /** Returns the {@code Content-Range} of an answer that is exactly this. */
    String contentRange() {
      return "bytes " + first + "-" + last + "/" + size;
    }

    boolean isWhole() {
      return first == 0 && last == size - 1;
    }
  }

  private static final int PARTIAL_CONTENT = 206;

  private final Wanted wanted;
  private final byte[] target;
  private final int end;
  private volatile CompletableFuture<Received> result = new CompletableFuture<>();
  private volatile @Nullable GetObjectResponse head;
  private int position;
  private boolean stopped;

  /**
   * Creates a body to put somewhere.
   *
   * @param position in the target where the first byte belongs
   */
  RangeBody(Wanted wanted, byte[] target, int position) {
    this.wanted = wanted;
    this.target = target;
    this.position = position;
    this.end = position + (int) (wanted.last() - wanted.first() + 1);
  }

  /** Writes nothing any more, and returns the position behind the last byte that came. */
  synchronized int stop() {
    stopped = true;
    return position;
  }

  @Override
  public CompletableFuture<Received> prepare() {
    result = new CompletableFuture<>();
    return result;
  }

  @Override
  public void onResponse(GetObjectResponse response) {
    head = response;
  }

  @Override
  public void onStream(SdkPublisher<ByteBuffer> publisher) {
    GetObjectResponse known = head;
    if (known == null) {
      throw new IllegalStateException("a body without a head");
    }
    publisher.subscribe(new Writer(refused(known)));
  }

  @Override
  public void exceptionOccurred(Throwable error) {
    result.completeExceptionally(error);
  }

  /** Returns why the answer is not what was asked for, or null if it is. */
  private @Nullable Received refused(GetObjectResponse answer) {
    if (!String.valueOf(wanted.quotedEtag()).equals(String.valueOf(answer.eTag()))) {
      return new Wrong(Reason.CHANGED, "the object is another than before");
    }
    if (answer.sdkHttpResponse().statusCode() != PARTIAL_CONTENT) {
      Long length = answer.contentLength();
      boolean fits = wanted.isWhole() && length != null && length == wanted.size();
      return fits ? null : new Whole();
    }
    String range = String.valueOf(answer.contentRange());
    return range.equals(wanted.contentRange())
        ? null
        : new Wrong(
            Reason.TRUNCATED, wanted.contentRange() + " was asked for, and sent was " + range);
  }

  private final class Writer implements Subscriber<ByteBuffer> {

    private final @Nullable Received refused;
    private @Nullable Subscription subscription;

    Writer(@Nullable Received refused) {
      this.refused = refused;
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
      subscription = newSubscription;
      if (refused == null) {
        newSubscription.request(Long.MAX_VALUE);
      } else {
        refuse(refused);
      }
    }

    @Override
    public void onNext(ByteBuffer part) {
      int more = part.remaining();
      synchronized (RangeBody.this) {
        if (stopped) {
          return;
        }
        if (more <= end - position) {
          part.get(target, position, more);
          position += more;
          return;
        }
      }
      refuse(new Wrong(Reason.TRUNCATED, "more came than " + wanted.contentRange()));
    }

    private void refuse(Received why) {
      if (subscription != null) {
        subscription.cancel();
      }
      result.complete(why);
    }

    @Override
    public void onComplete() {
      result.complete(new Ended());
    }

    @Override
    public void onError(Throwable error) {
      result.completeExceptionally(error);
    }
  }
}
