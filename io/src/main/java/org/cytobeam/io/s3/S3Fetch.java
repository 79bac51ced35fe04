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
import org.cytobeam.io.limits.ByteWindow;
import org.cytobeam.io.limits.HostLimit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * One object on its way: the attempts that it takes until its bytes are proven. An attempt goes on
 * where the one before it broke off, if that is possible.
 *
 * <p>Each attempt waits for room for its bytes, then for the host's permission, and is then sent.
 * Attempts follow one another, so that the fields that are not volatile have one user at a time.
 */
final class S3Fetch extends CompletableFuture<FetchedBytes> {

  /**
   * What all fetches from one host share.
   *
   * @param maxBytes longest object that is fetched
   * @param contact with the host
   */
  record Means(
      S3AsyncClient client,
      S3Settings settings,
      long maxBytes,
      HostLimit limit,
      ByteWindow room,
      FirstContact contact) {

    /** Returns the longest object that is fetched and that this process has memory for. */
    long longest() {
      return Math.min(maxBytes, room.longest());
    }
  }

  private final Means means;
  private final S3Uri address;
  private final Tries tries;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile CompletableFuture<?> pending = new CompletableFuture<>();
  private volatile ByteWindow.@Nullable Share share;
  private volatile @Nullable FetchException last;
  private @Nullable PartialBody soFar;
  private boolean again;
  private long knownLength = -1;
  private long deadline;

  S3Fetch(Means means, S3Uri address) {
    this.means = means;
    this.address = address;
    this.tries = new Tries(means.settings(), means.limit());
  }

  /** Begins, and returns itself. */
  S3Fetch start() {
    RetryPolicy<FetchedBytes> retries =
        RetryPolicy.<FetchedBytes>builder()
            .handleIf(failure -> again)
            .withMaxAttempts(-1)
            .withDelayFn(context -> tries.pause())
            .build();
    // Room is given in the order of asking: it is asked for here, and not in another thread.
    var unused =
        room()
            .thenCompose(room -> Failsafe.with(retries).getStageAsync(this::attempt))
            .handle(this::end);
    return this;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    pending.cancel(mayInterruptIfRunning);
    return cancelled;
  }

  private boolean end(@Nullable FetchedBytes bytes, @Nullable Throwable failure) {
    ByteWindow.Share room = share;
    if (bytes != null && room != null) {
      room.arrived();
      if (complete(bytes)) {
        return true;
      }
    }
    if (room != null) {
      room.close();
    }
    return completeExceptionally(explain(failure));
  }

  /** What ends a wait between two requests says less than the failure before it. */
  private Throwable explain(@Nullable Throwable failure) {
    Throwable cause =
        failure == null ? new IllegalStateException("no bytes") : S3Failures.unwrap(failure);
    FetchException before = last;
    if (cause instanceof FetchException) {
      return cause;
    }
    return before != null ? before : failed(cause, false);
  }

  private FetchException failed(Throwable cause, boolean answered) {
    return S3Failures.of(address.toString(), cause, answered, requests.get());
  }

  private FetchException failed(Reason reason, String what) {
    return new FetchException(reason, address.toString(), what, requests.get(), null);
  }

  private CompletableFuture<FetchedBytes> attempt() {
    again = false;
    return room().thenCompose(room -> permit().thenCompose(permit -> request(permit, room)));
  }

  private CompletableFuture<ByteWindow.Share> room() {
    ByteWindow.Share held = share;
    if (held != null) {
      return CompletableFuture.completedFuture(held);
    }
    ByteWindow window = means.room();
    return pending(knownLength < 0 ? window.reserve() : window.reserve(knownLength))
        .thenApply(
            granted -> {
              share = granted;
              return granted;
            });
  }

  private CompletableFuture<HostLimit.Permit> permit() {
    FetchException before = last;
    if (before == null) {
      return pending(means.limit().acquire());
    }
    boolean throttled = before.reason() == Reason.THROTTLED;
    return pending(throttled ? means.limit().acquireAgain() : means.limit().acquire())
        .orTimeout(left().toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Notes what to cancel if this fetch is. */
  private <T> CompletableFuture<T> pending(CompletableFuture<T> stage) {
    pending = stage;
    if (isDone()) {
      stage.cancel(true);
    }
    return stage;
  }

  /** Returns how much is left of the time for all attempts, which begins with the first request. */
  private Duration left() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  private CompletableFuture<FetchedBytes> request(HostLimit.Permit permit, ByteWindow.Share room) {
    if (isDone()) {
      permit.ended();
      throw new CancellationException(address + " is no longer wanted");
    }
    if (last == null) {
      deadline = System.nanoTime() + means.settings().callTimeout().toNanos();
    }
    CallTrace trace = new CallTrace(requests);
    WholeBody body = new WholeBody(means.longest(), room::fits, soFar);
    long nanos = Math.min(means.settings().attemptTimeout().toNanos(), left().toNanos());
    CompletableFuture<WholeBody.Received> answer =
        means.client().getObject(getObject(trace), body).orTimeout(nanos, TimeUnit.NANOSECONDS);
    means.contact().watch(address.bucket(), answer);
    return pending(answer)
        .handle((received, failure) -> judge(permit, body, received, failure, trace));
  }

  private GetObjectRequest getObject(CallTrace trace) {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder()
            .bucket(address.bucket())
            .key(address.key())
            .overrideConfiguration(c -> c.putExecutionAttribute(CallTrace.ATTRIBUTE, trace));
    PartialBody before = soFar;
    return before == null
        ? request.checksumMode(ChecksumMode.ENABLED).build()
        : request.range(before.rest()).ifMatch(before.head().eTag()).build();
  }

  private FetchedBytes judge(
      HostLimit.Permit permit,
      WholeBody body,
      WholeBody.@Nullable Received answer,
      @Nullable Throwable failure,
      CallTrace trace) {
    if (trace.answered()) {
      means.contact().made();
    }
    try {
      FetchedBytes bytes = answer == null ? broken(body, failure, trace) : whole(answer, trace);
      permit.succeeded();
      return bytes;
    } catch (NoRoomException e) {
      giveRoomBack(e.length());
      throw new CompletionException(e);
    } catch (FetchException e) {
      tell(permit, e);
      last = e;
      again = tries.again(e, left());
      throw new CompletionException(e);
    } finally {
      permit.ended();
    }
  }

  private void giveRoomBack(long length) {
    ByteWindow.Share room = share;
    if (room != null) {
      room.close();
    }
    share = null;
    soFar = null;
    knownLength = length;
    again = true;
    tries.goOn();
  }

  private void tell(HostLimit.Permit permit, FetchException failure) {
    switch (failure.reason()) {
      case THROTTLED ->
          permit.throttled(
              RetryAfter.asked(failure.getCause(), means.settings().maxRetryDelay())
                  .orElse(Duration.ZERO));
      case MISSING, DENIED, TOO_LARGE -> permit.succeeded();
      default -> {
        // Says nothing of the host's pace.
      }
    }
  }

  /** Makes the best of an answer that did not end in order. */
  private FetchedBytes broken(WholeBody body, @Nullable Throwable thrown, CallTrace trace)
      throws FetchException {
    FetchException failure =
        failed(thrown == null ? new IllegalStateException("no answer") : thrown, trace.answered());
    boolean resuming = soFar != null;
    PartialBody came = body.stop();
    soFar = null;
    if (resuming && refused(failure)) {
      throw failed(
          Reason.TRUNCATED, "broke off, and the server won't go on: " + failure.getMessage());
    }
    if (came != null && keepsWhatCame(failure.reason())) {
      if (came.whole()) {
        return proven(came, false);
      }
      soFar = came.resumable() ? came : null;
    }
    throw failure;
  }

  /** Returns whether a server did not want the request itself: the rest of an object, say. */
  private static boolean refused(FetchException failure) {
    return failure.reason() == Reason.FAILED && failure.getCause() instanceof AwsServiceException;
  }

  private static boolean keepsWhatCame(Reason reason) {
    return switch (reason) {
      case TRUNCATED, TIMEOUT, UNREACHABLE, THROTTLED, SERVER_ERROR -> true;
      default -> false;
    };
  }

  private FetchedBytes whole(WholeBody.Received answer, CallTrace trace)
      throws FetchException, NoRoomException {
    soFar = null;
    if (answer instanceof WholeBody.NoRoom room) {
      throw new NoRoomException(room.length());
    }
    if (answer instanceof WholeBody.TooLong tooLong) {
      throw failed(Reason.TOO_LARGE, tooLong(tooLong.head().contentLength()));
    }
    if (answer instanceof WholeBody.Wrong wrong) {
      throw failed(wrong.reason(), wrong.what());
    }
    WholeBody.Ended ended = (WholeBody.Ended) answer;
    return proven(ended.body(), !ended.resumed() && trace.checksumValidated());
  }

  private FetchedBytes proven(PartialBody body, boolean validated) throws FetchException {
    try {
      Integrity integrity = ObjectProof.check(address.bucket(), body, validated);
      String etag = ObjectProof.etag(body.head());
      return new FetchedBytes(body.bytes(), etag, integrity, requests.get(), taken());
    } catch (DamagedException e) {
      throw failed(e.reason(), String.valueOf(e.getMessage()));
    }
  }

  private Runnable taken() {
    ByteWindow.Share room = share;
    return room == null ? () -> {} : room::close;
  }

  private String tooLong(@Nullable Long length) {
    String has = length == null ? "has " : "has " + length + " bytes, ";
    return means.longest() == means.maxBytes()
        ? has + "more than the limit of " + means.maxBytes()
        : has + "more than the " + means.longest() + " that the heap of this process has room for";
  }
}
