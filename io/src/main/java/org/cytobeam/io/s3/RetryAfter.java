package org.cytobeam.io.s3;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * Lets a strategy wait at least as long as the {@code Retry-After} header of a failure asks for, up
 * to a limit; the SDK's asynchronous clients do not look at it. Only whole seconds are understood,
 * the form that object stores send; a date counts as no header.
 */
final class RetryAfter implements RetryStrategy {

  private static final int LONGEST_NUMBER = 9;

  private final RetryStrategy strategy;
  private final Duration limit;

  RetryAfter(RetryStrategy strategy, Duration limit) {
    this.strategy = strategy;
    this.limit = limit;
  }

  @Override
  public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
    Optional<Duration> asked = asked(request.failure(), limit);
    if (asked.isEmpty()) {
      return strategy.refreshRetryToken(request);
    }
    return strategy.refreshRetryToken(
        RefreshRetryTokenRequest.builder()
            .token(request.token())
            .failure(request.failure())
            .suggestedDelay(asked.get())
            .build());
  }

  /** Returns how long the server that failed asks to wait, or the limit if that is less. */
  static Optional<Duration> asked(@Nullable Throwable failure, Duration limit) {
    return Optional.ofNullable(failure)
        .filter(AwsServiceException.class::isInstance)
        .map(AwsServiceException.class::cast)
        .map(AwsServiceException::awsErrorDetails)
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(RetryAfter::header)
        .map(seconds -> seconds.compareTo(limit) > 0 ? limit : seconds);
  }

  private static Optional<Duration> header(SdkHttpResponse response) {
    return response
        .firstMatchingHeader("Retry-After")
        .filter(text -> text.length() <= LONGEST_NUMBER && text.matches("[0-9]+"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }

  @Override
  public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
    return strategy.acquireInitialToken(request);
  }

  @Override
  public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
    return strategy.recordSuccess(request);
  }

  @Override
  public int maxAttempts() {
    return strategy.maxAttempts();
  }

  @Override
  public boolean useClientDefaults() {
    return strategy.useClientDefaults();
  }

  @Override
  public Builder<?, ?> toBuilder() {
    return strategy.toBuilder();
  }
}
