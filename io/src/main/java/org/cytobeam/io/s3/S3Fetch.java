package org.cytobeam.io.s3;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.io.bytes.Integrity;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** One object on its way: the calls that it takes until its bytes are proven. */
final class S3Fetch extends CompletableFuture<FetchedBytes> {

  private final S3AsyncClient client;
  private final S3Uri address;
  private final long maxBytes;
  private final CallTrace trace = new CallTrace();
  private volatile CompletableFuture<?> call = new CompletableFuture<>();

  S3Fetch(S3AsyncClient client, S3Uri address, long maxBytes) {
    this.client = client;
    this.address = address;
    this.maxBytes = maxBytes;
  }

  /**
   * Begins, and returns itself.
   *
   * @param onDamage when to call again for a whole answer that is not what the server keeps
   */
  S3Fetch start(RetryPolicy<FetchedBytes> onDamage) {
    var unused =
        Failsafe.with(onDamage)
            .getStageAsync(this::callAndCheck)
            .handle(
                (bytes, failure) ->
                    failure == null
                        ? complete(bytes)
                        : completeExceptionally(S3Failures.of(address.toString(), failure, trace)));
    return this;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    call.cancel(mayInterruptIfRunning);
    return cancelled;
  }

  private CompletableFuture<FetchedBytes> callAndCheck() {
    if (isDone()) {
      throw new CancellationException(address + " is no longer wanted");
    }
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(address.bucket())
            .key(address.key())
            .checksumMode(ChecksumMode.ENABLED)
            .overrideConfiguration(c -> c.putExecutionAttribute(CallTrace.ATTRIBUTE, trace))
            .build();
    CompletableFuture<WholeBody.Received> received =
        client.getObject(request, new WholeBody(maxBytes));
    call = received;
    return received.handle(this::check);
  }

  private FetchedBytes check(WholeBody.Received received, Throwable failure) {
    try {
      if (failure != null) {
        throw failure(S3Failures.unwrap(failure));
      }
      if (received.tooLarge()) {
        throw tooLarge(received);
      }
      Integrity integrity =
          ObjectProof.check(address.bucket(), received, trace.checksumValidated());
      return new FetchedBytes(
          received.bytes(), ObjectProof.etag(received.head()), integrity, trace.attempts());
    } catch (DamagedException | FetchException e) {
      throw new CompletionException(e);
    }
  }

  private FetchException failure(Throwable failure) throws DamagedException {
    if (S3Failures.checksumMismatch(failure)) {
      throw new DamagedException(Reason.CHECKSUM, String.valueOf(failure.getMessage()));
    }
    return S3Failures.of(address.toString(), failure, trace);
  }

  private FetchException tooLarge(WholeBody.Received received) {
    Long length = received.head().contentLength();
    String what =
        "has " + (length == null ? "" : length + " bytes, ") + "more than the limit of " + maxBytes;
    return new FetchException(Reason.TOO_LARGE, address.toString(), what, trace.attempts(), null);
  }
}
