package org.cytobeam.io.s3;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.limits.HostLimit;
import org.jspecify.annotations.Nullable;

/**
 * A question, asked until there is an answer or no more {@link Tries}. Each attempt waits for the
 * host's permission, and ends when its time is over.
 *
 * <p>Attempts follow one another, so that the fields that are not volatile have one user at a time.
 * Cancelling the call ends the request that is under way.
 */
final class S3Call<R, T> extends CompletableFuture<T> {

  private final S3Host host;
  private final S3Uri address;
  private final S3Question<R, T> question;
  private final Tries tries;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile CompletableFuture<?> pending = new CompletableFuture<>();
  private volatile @Nullable FetchException last;
  private boolean again;
  private long deadline;

  private S3Call(S3Host host, S3Uri address, S3Question<R, T> question) {
    this.host = host;
    this.address = address;
    this.question = question;
    this.tries = new Tries(host.settings(), host.limit(), host.random());
  }

  /**
   * Begins to ask.
   *
   * @param address that failures name
   */
  static <R, T> S3Call<R, T> start(S3Host host, S3Uri address, S3Question<R, T> question) {
    S3Call<R, T> call = new S3Call<>(host, address, question);
    RetryPolicy<T> retries =
        RetryPolicy.<T>builder()
            .handleIf(failure -> call.again)
            .withMaxAttempts(-1)
            .withDelayFn(context -> call.tries.pause())
            .build();
    var unused = Failsafe.with(retries).getStageAsync(call::attempt).handle(call::end);
    return call;
  }

  /** Returns how many requests have been sent. */
  int requests() {
    return requests.get();
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    pending.cancel(mayInterruptIfRunning);
    return cancelled;
  }

  private boolean end(T answer, @Nullable Throwable failure) {
    return failure == null ? complete(answer) : completeExceptionally(explain(failure));
  }

  /** What ends a wait between two requests says less than the failure before it. */
  private Throwable explain(Throwable failure) {
    Throwable cause = S3Failures.unwrap(failure);
    FetchException before = last;
    if (cause instanceof IOException) {
      return cause;
    }
    return before != null
        ? before
        : S3Failures.of(address.toString(), cause, false, requests.get());
  }

  private CompletableFuture<T> attempt() {
    again = false;
    return permit().thenCompose(this::request);
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

  /** Notes what to cancel if this call is. */
  private <S> CompletableFuture<S> pending(CompletableFuture<S> stage) {
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

  private CompletableFuture<T> request(HostLimit.Permit permit) {
    if (isDone()) {
      permit.ended();
      throw new CancellationException(address + " is no longer wanted");
    }
    if (last == null) {
      deadline = System.nanoTime() + host.settings().callTimeout().toNanos();
    }
    CallTrace trace = new CallTrace(requests);
    return pending(send(trace)).handle((answer, failure) -> judge(permit, answer, failure, trace));
  }

  /**
   * Sends the request. Whatever goes wrong comes as the future's failure: a permit waits for it.
   */
  private CompletableFuture<R> send(CallTrace trace) {
    try {
      long nanos = Math.min(host.settings().attemptTimeout().toNanos(), left().toNanos());
      CompletableFuture<R> answer =
          question.send(host.client(), trace).orTimeout(nanos, TimeUnit.NANOSECONDS);
      host.contact().watch(address.bucket(), answer, trace::answered);
      return answer;
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private T judge(HostLimit.Permit permit, R answer, @Nullable Throwable failure, CallTrace trace) {
    if (trace.answered()) {
      host.contact().made();
    }
    try {
      T meaning = meaning(answer, failure, trace);
      permit.succeeded();
      return meaning;
    } catch (FetchException e) {
      S3Fetch.tell(permit, e, host.settings());
      last = e;
      again = question.mayPass(e) && tries.again(e, left());
      throw new CompletionException(e);
    } catch (IOException e) {
      permit.succeeded();
      throw new CompletionException(e);
    } finally {
      permit.ended();
    }
  }

  private T meaning(R answer, @Nullable Throwable failure, CallTrace trace) throws IOException {
    String uri = address.toString();
    if (failure != null) {
      boolean answered = trace.answered();
      FetchException known = S3Failures.of(uri, failure, answered, requests.get());
      throw question.explain(known, answered);
    }
    try {
      return question.take(answer);
    } catch (DamagedException e) {
      throw new FetchException(
          e.reason(), uri, String.valueOf(e.getMessage()), requests.get(), null);
    }
  }
}
