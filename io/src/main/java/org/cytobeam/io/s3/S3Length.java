package org.cytobeam.io.s3;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.limits.HostLimit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The question how long an object is, asked until there is an answer or no more {@link Tries}. */
final class S3Length {

  private final S3Fetch.Means means;
  private final S3Uri address;
  private final Tries tries;
  private final AtomicInteger requests = new AtomicInteger();
  private final long deadline;
  private boolean again;

  S3Length(S3Fetch.Means means, S3Uri address) {
    this.means = means;
    this.address = address;
    this.tries = new Tries(means.settings(), means.limit(), means.random());
    this.deadline = System.nanoTime() + means.settings().callTimeout().toNanos();
  }

  CompletableFuture<Long> ask() {
    RetryPolicy<Long> retries =
        RetryPolicy.<Long>builder()
            .handleIf(failure -> again)
            .withMaxAttempts(-1)
            .withDelayFn(context -> tries.pause())
            .build();
    return Failsafe.with(retries)
        .getStageAsync(() -> means.limit().acquire().thenCompose(this::request));
  }

  private CompletableFuture<Long> request(HostLimit.Permit permit) {
    CallTrace trace = new CallTrace(requests);
    HeadObjectRequest wanted =
        HeadObjectRequest.builder()
            .bucket(address.bucket())
            .key(address.key())
            .overrideConfiguration(call -> call.putExecutionAttribute(CallTrace.ATTRIBUTE, trace))
            .build();
    long nanos = Math.min(means.settings().attemptTimeout().toNanos(), left().toNanos());
    return means
        .client()
        .headObject(wanted)
        .orTimeout(nanos, TimeUnit.NANOSECONDS)
        .handle((answer, failure) -> judge(permit, answer, failure, trace));
  }

  private long judge(
      HostLimit.Permit permit,
      @Nullable HeadObjectResponse answer,
      @Nullable Throwable failure,
      CallTrace trace) {
    again = false;
    try {
      if (answer != null) {
        permit.succeeded();
        return answer.contentLength();
      }
      Throwable thrown = failure == null ? new IllegalStateException("no answer") : failure;
      FetchException told =
          S3Failures.of(address.toString(), thrown, trace.answered(), requests.get());
      S3Fetch.tell(permit, told, means.settings());
      again = tries.again(told, left());
      throw new CompletionException(told);
    } finally {
      permit.ended();
    }
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }
}
