package org.cytobeam.io.s3;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Takes the head of an answer, and nothing of its body however long it is. */
final class NoBody implements AsyncResponseTransformer<GetObjectResponse, GetObjectResponse> {

  private final CompletableFuture<GetObjectResponse> head = new CompletableFuture<>();
  private volatile @Nullable GetObjectResponse response;

  @Override
  public CompletableFuture<GetObjectResponse> prepare() {
    return head;
  }

  @Override
  public void onResponse(GetObjectResponse newResponse) {
    response = newResponse;
  }

  @Override
  public void onStream(SdkPublisher<ByteBuffer> body) {
    body.subscribe(new Leaving());
  }

  @Override
  public void exceptionOccurred(Throwable failure) {
    head.completeExceptionally(failure);
  }

  private final class Leaving implements Subscriber<ByteBuffer> {

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.cancel();
      head.complete(response);
    }

    @Override
    public void onNext(ByteBuffer part) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
