package org.cytobeam.io.s3;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.io.bytes.Integrity;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** One object on its way: the attempts that it takes until its bytes are proven. */
final class S3Fetch extends CompletableFuture<FetchedBytes> {

  private final S3AsyncClient client;
  private final S3Uri address;
  private final long maxBytes;
  private final Duration attemptTimeout;
  private final long deadline;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile CompletableFuture<?> call = new CompletableFuture<>();

  S3Fetch(S3AsyncClient client, S3Uri address, long maxBytes, S3Settings settings) {
    this.client = client;
    this.address = address;
    this.maxBytes = maxBytes;
    this.attemptTimeout = settings.attemptTimeout();
    this.deadline = System.nanoTime() + settings.callTimeout().toNanos();
  }

  /** Begins, and returns itself. */
  S3Fetch start(RetryPolicy<FetchedBytes> retries) {
    var unused =
        Failsafe.with(retries)
            .getStageAsync(this::attempt)
            .handle(
                (bytes, failure) ->
                    failure == null
                        ? complete(bytes)
                        : completeExceptionally(S3Failures.unwrap(failure)));
    return this;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    call.cancel(mayInterruptIfRunning);
    return cancelled;
  }

  private CompletableFuture<FetchedBytes> attempt() {
    if (isDone()) {
      throw new CancellationException(address + " is no longer wanted");
    }
    CallTrace trace = new CallTrace(requests);
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(address.bucket())
            .key(address.key())
            .checksumMode(ChecksumMode.ENABLED)
            .overrideConfiguration(c -> c.putExecutionAttribute(CallTrace.ATTRIBUTE, trace))
            .build();
    CompletableFuture<WholeBody.Received> received =
        client
            .getObject(request, new WholeBody(maxBytes))
            .orTimeout(nanosLeft(), TimeUnit.NANOSECONDS);
    call = received;
    return received.handle((answer, failure) -> check(answer, failure, trace));
  }

  private long nanosLeft() {
    return Math.max(0, Math.min(attemptTimeout.toNanos(), deadline - System.nanoTime()));
  }

  private FetchedBytes check(
      WholeBody.@Nullable Received answer, @Nullable Throwable failure, CallTrace trace) {
    if (answer == null) {
      Throwable cause = failure == null ? new IllegalStateException("no answer") : failure;
      throw new CompletionException(
          S3Failures.of(address.toString(), cause, trace.answered(), requests.get()));
    }
    try {
      if (answer.tooLarge()) {
        throw new FetchException(
            Reason.TOO_LARGE, address.toString(), tooLarge(answer), requests.get(), null);
      }
      Integrity integrity = ObjectProof.check(address.bucket(), answer, trace.checksumValidated());
      return new FetchedBytes(
          answer.bytes(), ObjectProof.etag(answer.head()), integrity, requests.get());
    } catch (DamagedException e) {
      String what = String.valueOf(e.getMessage());
      throw new CompletionException(
          new FetchException(e.reason(), address.toString(), what, requests.get(), null));
    } catch (FetchException e) {
      throw new CompletionException(e);
    }
  }

  private String tooLarge(WholeBody.Received answer) {
    Long length = answer.head().contentLength();
    String has = length == null ? "has " : "has " + length + " bytes, ";
    return has + "more than the limit of " + maxBytes;
  }
}
