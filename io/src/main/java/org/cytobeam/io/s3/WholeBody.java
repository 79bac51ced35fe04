package org.cytobeam.io.s3;

import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.limits.ByteWindow;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Gathers the body of one answer in memory, unless it is longer than a limit or there is no room.
 *
 * <p>The answer may go on where an earlier one broke off. It is taken for the rest only if it says
 * that it is exactly that, and of the same object. A server that knows no ranges answers with the
 * whole object: then what came earlier is dropped.
 *
 * <p>Room is taken for the length that the head says. Where it says none, room is taken as the body
 * grows.
 */
final class WholeBody implements AsyncResponseTransformer<GetObjectResponse, WholeBody.Received> {

  /** What an answer was. */
  sealed interface Received {}

  /**
   * A body that ended in order.
   *
   * @param resumed whether more than one answer went into it
   */
  record Ended(PartialBody body, boolean resumed) implements Received {}

  /** A body that was not read, or not to its end. */
  record TooLong(GetObjectResponse head) implements Received {}

  /** A body that was not read, or not to its end, because there is no room for that length now. */
  record NoRoom(long length) implements Received {}

  /** A body that was not read, because it is not what was asked for. */
  record Wrong(Reason reason, String what) implements Received {}

  private static final int PARTIAL_CONTENT = 206;

  private final long maxBytes;
  private final ByteWindow.Share room;
  private @Nullable PartialBody before;
  private volatile CompletableFuture<Received> result = new CompletableFuture<>();
  private volatile @Nullable GetObjectResponse head;
  private @Nullable PartialBody body;
  private boolean stopped;

  /**
   * Creates a body to gather.
   *
   * @param maxBytes longest body that is gathered
   * @param room that the body may take
   * @param before what came of the same object before, if only the rest of it is asked for
   */
  WholeBody(long maxBytes, ByteWindow.Share room, @Nullable PartialBody before) {
    this.maxBytes = Math.min(maxBytes, Integer.MAX_VALUE - 8);
    this.room = room;
    this.before = before;
  }

  /** Takes no more bytes, and returns those that came, earlier ones included; null for none. */
  synchronized @Nullable PartialBody stop() {
    stopped = true;
    return body == null ? before : body;
  }

  private synchronized boolean stopped() {
    return stopped;
  }

  private synchronized @Nullable PartialBody before() {
    return before;
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
    publisher.subscribe(new Gatherer(known));
  }

  @Override
  public void exceptionOccurred(Throwable error) {
    result.completeExceptionally(error);
  }

  private final class Gatherer implements Subscriber<ByteBuffer> {

    private final GetObjectResponse head;
    private final boolean rest;
    private @Nullable Subscription subscription;

    Gatherer(GetObjectResponse head) {
      this.head = head;
      this.rest = head.sdkHttpResponse().statusCode() == PARTIAL_CONTENT;
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
      subscription = newSubscription;
      if (stopped()) {
        newSubscription.cancel();
        result.completeExceptionally(new CancellationException("nobody waits for this body"));
        return;
      }
      Received refused = rest ? refusedRest() : refusedWhole();
      if (refused != null) {
        refuse(refused);
        return;
      }
      begin();
      newSubscription.request(Long.MAX_VALUE);
    }

    private @Nullable Received refusedRest() {
      String range = String.valueOf(head.contentRange());
      PartialBody earlier = before();
      if (earlier == null) {
        return new Wrong(Reason.TRUNCATED, "a part was sent, " + range + ", though all was asked");
      }
      if (!earlier.sameObject(head)) {
        return new Wrong(Reason.CHANGED, "the object is another than before");
      }
      if (!earlier.contentRangeOfRest().equals(range)) {
        return new Wrong(
            Reason.TRUNCATED,
            "the rest from byte " + earlier.length() + " was asked, and sent was " + range);
      }
      return null;
    }

    private @Nullable Received refusedWhole() {
      synchronized (WholeBody.this) {
        before = null;
      }
      Long length = head.contentLength();
      if (length == null) {
        return null;
      }
      if (length > maxBytes) {
        return new TooLong(head);
      }
      return room.fits(length) ? null : new NoRoom(length);
    }

    private void begin() {
      synchronized (WholeBody.this) {
        body = rest ? before : new PartialBody(head, maxBytes);
      }
    }

    @Override
    public void onNext(ByteBuffer part) {
      Received refused;
      synchronized (WholeBody.this) {
        if (stopped || body == null) {
          return;
        }
        refused = refusedMore(body, part.remaining());
        if (refused == null) {
          body.append(part);
          return;
        }
        stopped = true;
      }
      refuse(refused);
    }

    private @Nullable Received refusedMore(PartialBody body, int more) {
      if (!body.allows(more)) {
        return new TooLong(head);
      }
      if (!body.growsWith(more)) {
        return null;
      }
      long memory = body.memoryWith(more);
      return room.grow(memory) ? null : new NoRoom(memory);
    }

    private void refuse(Received why) {
      if (subscription != null) {
        subscription.cancel();
      }
      result.complete(why);
    }

    @Override
    public void onComplete() {
      PartialBody ended = end();
      if (ended != null) {
        result.complete(new Ended(ended, rest));
      }
    }

    /** Returns the body, unless it was stopped: then somebody else goes on with what came. */
    private @Nullable PartialBody end() {
      synchronized (WholeBody.this) {
        PartialBody ended = body;
        if (stopped || ended == null) {
          return null;
        }
        stopped = true;
        if (head.contentLength() == null) {
          ended.trim();
          room.fits(ended.length());
        }
        return ended;
      }
    }

    @Override
    public void onError(Throwable error) {
      result.completeExceptionally(error);
    }
  }
}
