package org.cytobeam.io.s3;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
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
 * to a limit; the SDK's asynchronous clients do not look at it. Both forms of RFC 9110 §10.2.3 are
 * understood: seconds, and a date, which is taken by the clock of the server if it says the time.
 */
final class RetryAfter implements RetryStrategy {

  private static final Pattern SECONDS = Pattern.compile("[0-9]+");
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
    return response.firstMatchingHeader("Retry-After").flatMap(text -> wait(text, response));
  }

  private static Optional<Duration> wait(String text, SdkHttpResponse response) {
    if (SECONDS.matcher(text).matches()) {
      String digits = text.length() > LONGEST_NUMBER ? "9".repeat(LONGEST_NUMBER) : text;
      return Optional.of(Duration.ofSeconds(Long.parseLong(digits)));
    }
    Instant now =
        response.firstMatchingHeader("Date").flatMap(RetryAfter::date).orElseGet(Instant::now);
    return date(text)
        .map(then -> Duration.between(now, then))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
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
