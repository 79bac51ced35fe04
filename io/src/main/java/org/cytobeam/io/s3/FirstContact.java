package org.cytobeam.io.s3;

import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Keeps the first requests to a host from waiting for ever.
 *
 * <p>The SDK's connection pool (2.40.10) finds out over a host's first connection which protocol it
 * speaks. When that connection fails at once, the pool can forget the request that it was made for,
 * and only another request makes it remember. So as long as nothing was ever heard of a host, this
 * knocks: it asks for the head of the bucket, which may be refused. When there is no answer to that
 * either, the request is given up. Safe for use by several threads.
 */
final class FirstContact {

  /** With each knock the pause before the next one doubles. */
  private static final int KNOCKS = 4;

  private final S3AsyncClient client;
  private final long firstPause;
  private final AtomicBoolean knocking = new AtomicBoolean();
  private volatile boolean made;

  /**
   * Creates a contact that has not been made.
   *
   * @param connectTimeout how long making a connection may take
   */
  FirstContact(S3AsyncClient client, Duration connectTimeout) {
    this.client = client;
    this.firstPause = connectTimeout.toNanos() >> (KNOCKS - 1);
  }

  /** Notes that the host has answered. */
  void made() {
    made = true;
  }

  /**
   * Gives a request up if nothing is heard of the host for long.
   *
   * @param answered tells whether the head of the answer to this request has come: its body may
   *     take long
   */
  void watch(String bucket, CompletableFuture<?> request, BooleanSupplier answered) {
    if (!made) {
      watch(bucket, request, answered, 0);
    }
  }

  private void watch(
      String bucket, CompletableFuture<?> request, BooleanSupplier answered, int knocks) {
    CompletableFuture.delayedExecutor(firstPause << knocks, TimeUnit.NANOSECONDS)
        .execute(
            () -> {
              if (answered.getAsBoolean()) {
                made();
              }
              if (made || request.isDone()) {
                return;
              }
              if (knocks == KNOCKS) {
                request.completeExceptionally(new ConnectException("no connection was made"));
              } else {
                knock(bucket, firstPause << knocks);
                watch(bucket, request, answered, knocks + 1);
              }
            });
  }

  private void knock(String bucket, long nanos) {
    if (!knocking.compareAndSet(false, true)) {
      return;
    }
    var unused =
        client
            .headBucket(head -> head.bucket(bucket))
            .orTimeout(nanos, TimeUnit.NANOSECONDS)
            .whenComplete(
                (answer, failure) -> {
                  knocking.set(false);
                  if (failure == null
                      || S3Failures.unwrap(failure) instanceof AwsServiceException) {
                    made();
                  }
                });
  }
}
