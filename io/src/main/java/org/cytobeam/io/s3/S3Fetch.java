package org.cytobeam.io.s3;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.io.limits.ByteWindow;
import org.cytobeam.io.limits.HostLimit;
import org.jspecify.annotations.Nullable;
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
   * What a fetch needs.
   *
   * @param maxBytes longest object that is fetched
   * @param room bounds the bytes on their way
   */
  record Means(S3Host host, long maxBytes, ByteWindow room) {}

  private final Means means;
  private final S3Host host;
  private final S3Uri address;
  private final Tries tries;
  private final Assembly assembly;
  private volatile CompletableFuture<?> pending = new CompletableFuture<>();
  private volatile ByteWindow.@Nullable Share share;
  private volatile @Nullable FetchException last;
  private boolean again;
  private long knownLength = -1;
  private long deadline;

  S3Fetch(Means means, S3Uri address) {
    this.means = means;
    this.host = means.host();
    this.address = address;
    this.assembly = new Assembly(address, means.maxBytes(), means.room().longest());
    this.tries = new Tries(host.settings(), host.limit(), host.random());
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
    Throwable cause = S3Failures.unwrap(thrown(failure));
    FetchException before = last;
    if (cause instanceof FetchException) {
      return cause;
    }
    return before != null ? before : assembly.failure(cause, false);
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
      return pending(host.limit().acquire());
    }
    boolean throttled = before.reason() == Reason.THROTTLED;
    return pending(throttled ? host.limit().acquireAgain() : host.limit().acquire())
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
      deadline = System.nanoTime() + host.settings().callTimeout().toNanos();
    }
    CallTrace trace = assembly.trace();
    GetObjectRequest wanted = assembly.request(trace);
    WholeBody body = assembly.body(room);
    return pending(send(wanted, body, trace))
        .handle((received, failure) -> judge(permit, body, received, failure, trace, room));
  }

  /**
   * Sends the request. Whatever goes wrong comes as the future's failure: a permit waits for it.
   */
  private CompletableFuture<WholeBody.Received> send(
      GetObjectRequest wanted, WholeBody body, CallTrace trace) {
    try {
      long nanos = Math.min(host.settings().attemptTimeout().toNanos(), left().toNanos());
      CompletableFuture<WholeBody.Received> answer =
          host.client().getObject(wanted, body).orTimeout(nanos, TimeUnit.NANOSECONDS);
      host.contact().watch(address.bucket(), answer, trace::answered);
      return answer;
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private FetchedBytes judge(
      HostLimit.Permit permit,
      WholeBody body,
      WholeBody.@Nullable Received answer,
      @Nullable Throwable failure,
      CallTrace trace,
      ByteWindow.Share room) {
    if (trace.answered()) {
      host.contact().made();
    }
    try {
      FetchedBytes bytes =
          answer == null
              ? assembly.brokenOff(body, thrown(failure), trace, room::close)
              : assembly.answered(answer, trace, room::close);
      permit.succeeded();
      return bytes;
    } catch (NoRoomException e) {
      giveRoomBack(e.length());
      throw new CompletionException(e);
    } catch (FetchException e) {
      tell(permit, e, host.settings());
      last = e;
      again = tries.again(e, left());
      throw new CompletionException(e);
    } finally {
      permit.ended();
    }
  }

  private static Throwable thrown(@Nullable Throwable failure) {
    return failure == null ? new IllegalStateException("no answer") : failure;
  }

  private void giveRoomBack(long length) {
    ByteWindow.Share room = share;
    if (room != null) {
      room.close();
    }
    share = null;
    knownLength = length;
    again = true;
    tries.goOn();
  }

  /** Lets a host's limit know what a failure says of the host. */
  static void tell(HostLimit.Permit permit, FetchException failure, S3Settings settings) {
    switch (failure.reason()) {
      case THROTTLED ->
          permit.throttled(
              RetryAfter.asked(failure.getCause(), settings.maxRetryDelay()).orElse(Duration.ZERO));
      case MISSING, DENIED, TOO_LARGE -> permit.succeeded();
      default -> {
        // Says nothing of the host's pace.
      }
    }
  }
}
