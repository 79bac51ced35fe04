package org.cytobeam.io.s3;

import dev.failsafe.ExecutionContext;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.cytobeam.io.bytes.ByteFetcher;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Fetches whole objects from S3, and proves them.
 *
 * <p>An address is {@code s3://bucket/key}, {@linkplain S3Uri taken as it stands}. The length is
 * always checked; then a checksum that the server keeps, if there is one, or else the ETag, if it
 * is the MD5 of the object.
 *
 * <p>Whatever is {@linkplain Reason#retryable worth another attempt}, damage included, gets one, as
 * often and with such pauses as the {@link S3Settings} say. Every fetch ends within {@link
 * S3Settings#callTimeout}.
 *
 * <p>Each attempt is a call of its own and the SDK's retries are off: in the asynchronous client
 * (2.40.10) the end of an attempt that timed out can arrive while the next one runs, and is taken
 * for the end of that.
 */
public final class S3ByteFetcher implements ByteFetcher {

  private static final int MAX_DOUBLINGS = 20;

  /**
   * The SDK's connection pool loses a request that comes within milliseconds of the failure of its
   * first connection: it would only end by our time-out.
   */
  private static final Duration MIN_PAUSE = Duration.ofMillis(20);

  private final S3AsyncClient client;
  private final S3Settings settings;
  private final long maxBytes;
  private final RetryPolicy<FetchedBytes> retries;

  /**
   * Creates a fetcher that uses the credentials of the settings, or else those that the SDK finds.
   *
   * @param maxBytes longest object that is fetched
   */
  public S3ByteFetcher(S3Settings settings, long maxBytes) {
    this(S3Clients.async(singleAttempts(settings)), settings, maxBytes);
  }

  /**
   * Creates a fetcher.
   *
   * @param credentials asked for each signed request, unless the settings have their own
   * @param maxBytes longest object that is fetched
   */
  public S3ByteFetcher(S3Settings settings, AwsCredentialsProvider credentials, long maxBytes) {
    this(S3Clients.async(singleAttempts(settings), credentials), settings, maxBytes);
  }

  private S3ByteFetcher(S3AsyncClient client, S3Settings settings, long maxBytes) {
    this.client = client;
    this.settings = settings;
    this.maxBytes = maxBytes;
    this.retries =
        RetryPolicy.<FetchedBytes>builder()
            .handleIf(failure -> failure instanceof FetchException e && e.retryable())
            .withMaxAttempts(settings.maxAttempts())
            .withDelayFn(this::pause)
            .withMaxDuration(settings.callTimeout())
            .build();
  }

  /** The SDK's own clocks stay behind ours, in case a call slips away. */
  private static S3Settings singleAttempts(S3Settings settings) {
    Duration beyond = settings.attemptTimeout().multipliedBy(2);
    return settings.toBuilder()
        .setMaxAttempts(1)
        .setAttemptTimeout(beyond)
        .setCallTimeout(beyond)
        .build();
  }

  @Override
  public CompletableFuture<FetchedBytes> fetch(String uri) {
    S3Uri address;
    try {
      address = S3Uri.parse(uri);
    } catch (IllegalArgumentException e) {
      return refuse(uri, String.valueOf(e.getMessage()));
    }
    if (address.key().isEmpty()) {
      return refuse(uri, "names a bucket and no object in it");
    }
    return new S3Fetch(client, address, maxBytes, settings).start(retries);
  }

  private static CompletableFuture<FetchedBytes> refuse(String uri, String what) {
    return CompletableFuture.failedFuture(
        new FetchException(Reason.BAD_ADDRESS, uri, what, 0, null));
  }

  /**
   * Returns a random share of a pause that doubles, or what the server asks for if that is more.
   */
  private Duration pause(ExecutionContext<FetchedBytes> context) {
    Duration limit = settings.maxRetryDelay();
    int doublings = Math.min(MAX_DOUBLINGS, Math.max(0, context.getAttemptCount() - 1));
    Duration doubled = settings.retryDelay().multipliedBy(1L << doublings);
    Duration longest = doubled.compareTo(limit) > 0 ? limit : doubled;
    Duration random = Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest.toNanos() + 1));
    Throwable failure = context.getLastException();
    Duration asked =
        RetryAfter.asked(failure == null ? null : failure.getCause(), limit).orElse(Duration.ZERO);
    return max(MIN_PAUSE, max(asked, random));
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  @Override
  public void close() {
    client.close();
  }
}
