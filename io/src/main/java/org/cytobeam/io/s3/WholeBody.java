package org.cytobeam.io.s3;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Gathers the body of an answer in memory, unless it is longer than a limit.
 *
 * <p>A promised length above the limit is refused before any of the body is read. A promise below
 * it is not trusted with memory either: the buffer begins small and grows with what arrives.
 */
final class WholeBody implements AsyncResponseTransformer<GetObjectResponse, WholeBody.Received> {

  /**
   * An answer.
   *
   * @param bytes the body, or as much of it as came
   * @param tooLarge whether the body was refused for its length; {@code bytes} is empty then
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Received(GetObjectResponse head, byte[] bytes, boolean tooLarge) {}

  /** Holds most microscope images without growing. */
  private static final int FIRST_BUFFER = 16 << 20;

  private final long maxBytes;
  private volatile CompletableFuture<Received> result = new CompletableFuture<>();
  private volatile @Nullable GetObjectResponse head;

  WholeBody(long maxBytes) {
    this.maxBytes = Math.min(maxBytes, Integer.MAX_VALUE - 8);
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
    publisher.subscribe(new Gatherer(known, result));
  }

  @Override
  public void exceptionOccurred(Throwable error) {
    result.completeExceptionally(error);
  }

  private final class Gatherer implements Subscriber<ByteBuffer> {

    private final GetObjectResponse head;
    private final CompletableFuture<Received> result;
    private final long promised;
    private byte[] buffer = {};
    private int length;
    private @Nullable Subscription subscription;

    Gatherer(GetObjectResponse head, CompletableFuture<Received> result) {
      this.head = head;
      this.result = result;
      Long contentLength = head.contentLength();
      this.promised = contentLength == null ? -1 : contentLength;
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
      subscription = newSubscription;
      if (promised > maxBytes) {
        refuse();
      } else {
        buffer = new byte[(int) Math.min(promised < 0 ? FIRST_BUFFER : promised, FIRST_BUFFER)];
        newSubscription.request(Long.MAX_VALUE);
      }
    }

    @Override
    public void onNext(ByteBuffer part) {
      int added = part.remaining();
      if (added > maxBytes - length) {
        refuse();
        return;
      }
      if (added > buffer.length - length) {
        long doubled = Math.max(2L * buffer.length, (long) length + added);
        buffer = Arrays.copyOf(buffer, (int) Math.min(doubled, maxBytes));
      }
      part.get(buffer, length, added);
      length += added;
    }

    private void refuse() {
      if (subscription != null) {
        subscription.cancel();
      }
      buffer = new byte[0];
      result.complete(new Received(head, buffer, true));
    }

    @Override
    public void onComplete() {
      byte[] bytes = length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
      result.complete(new Received(head, bytes, false));
    }

    @Override
    public void onError(Throwable error) {
      result.completeExceptionally(error);
    }
  }
}
