package org.cytobeam.io.s3;

import io.netty.handler.timeout.TimeoutException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;
import software.amazon.awssdk.utils.ThreadFactoryBuilder;

/**
 * Builds the AWS SDK's S3 clients so that one client reads public buckets unsigned and everything
 * else with the user's own credentials.
 */
public final class S3Clients {

  /** Requests that may wait for a connection: no caller has so many under way. */
  private static final int MAX_WAITING = 100_000;

  private S3Clients() {}

  /** Daemons that serve all clients: threads of a client's own would take it 2 s more to close. */
  private static final class SharedThreads {
    static final SdkEventLoopGroup GROUP =
        SdkEventLoopGroup.builder()
            .threadFactory(
                new ThreadFactoryBuilder()
                    .threadNamePrefix("s3-client")
                    .daemonThreads(true)
                    .build())
            .build();
  }

  /** Returns an asynchronous client, to be closed by the caller. */
  public static S3AsyncClient async(S3Settings settings) {
    return async(S3AsyncClient.builder(), settings);
  }

  /**
   * Returns an asynchronous client, to be closed by the caller.
   *
   * @param credentials asked for each signed request, unless the settings have their own
   */
  public static S3AsyncClient async(S3Settings settings, AwsCredentialsProvider credentials) {
    return async(S3AsyncClient.builder().credentialsProvider(credentials), settings);
  }

  private static S3AsyncClient async(S3AsyncClientBuilder builder, S3Settings settings) {
    NettyNioAsyncHttpClient.Builder http =
        NettyNioAsyncHttpClient.builder()
            .eventLoopGroup(SharedThreads.GROUP)
            .maxConcurrency(settings.maxConnections())
            .maxPendingConnectionAcquires(MAX_WAITING)
            .connectionAcquisitionTimeout(settings.callTimeout())
            .connectionTimeout(settings.connectTimeout())
            .readTimeout(settings.readTimeout())
            .writeTimeout(settings.readTimeout());
    return configure(builder, settings).httpClientBuilder(http).build();
  }

  /**
   * Sets everything that does not depend on the HTTP client on any builder of an AWS client, and
   * what only S3 has if it is one of S3. Credentials that the builder already has are kept, unless
   * the settings have their own; override configuration that it already has is replaced.
   */
  public static <B extends AwsClientBuilder<B, ?>> B configure(B builder, S3Settings settings) {
    URI endpoint = settings.endpoint();
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    StaticCredentials credentials = settings.credentials();
    if (settings.anonymous()) {
      builder.credentialsProvider(AnonymousCredentialsProvider.create());
    } else if (credentials != null) {
      builder.credentialsProvider(StaticCredentialsProvider.create(credentials(credentials)));
    }
    if (builder instanceof S3BaseClientBuilder<?, ?> s3) {
      configureS3(s3, settings);
    }
    return builder.region(region(settings.region())).overrideConfiguration(overrides(settings));
  }

  private static void configureS3(S3BaseClientBuilder<?, ?> builder, S3Settings settings) {
    boolean elsewhere = settings.endpoint() != null;
    builder.forcePathStyle(elsewhere);
    builder.crossRegionAccessEnabled(!elsewhere);
    builder.authSchemeProvider(new UnsignedBuckets(settings.publicBuckets()));
    // Other servers than Amazon's may not know trailing checksums; all know when they need none.
    builder.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED);
    builder.responseChecksumValidation(ResponseChecksumValidation.WHEN_SUPPORTED);
  }

  private static ClientOverrideConfiguration overrides(S3Settings settings) {
    return ClientOverrideConfiguration.builder()
        .apiCallAttemptTimeout(settings.attemptTimeout())
        .apiCallTimeout(settings.callTimeout())
        .retryStrategy(retries(settings))
        .addExecutionInterceptor(new CallTrace.Recorder())
        .addExecutionInterceptor(new BucketKeyHeader())
        .build();
  }

  private static RetryStrategy retries(S3Settings settings) {
    BackoffStrategy pauses =
        BackoffStrategy.exponentialDelay(settings.retryDelay(), settings.maxRetryDelay());
    return new RetryAfter(
        AwsRetryStrategy.standardRetryStrategy().toBuilder()
            .maxAttempts(settings.maxAttempts())
            .backoffStrategy(pauses)
            .throttlingBackoffStrategy(pauses)
            // A body that stalls or trickles ends so; the SDK knows only time-outs before it.
            .retryOnExceptionOrCauseInstanceOf(TimeoutException.class)
            .retryOnExceptionOrCauseInstanceOf(ApiCallAttemptTimeoutException.class)
            .build(),
        settings.maxRetryDelay());
  }

  /** Returns credentials as the SDK has them. */
  public static AwsCredentials credentials(StaticCredentials credentials) {
    String id = credentials.accessKeyId();
    String secret = credentials.secretAccessKey();
    String token = credentials.sessionToken();
    return token == null
        ? AwsBasicCredentials.create(id, secret)
        : AwsSessionCredentials.create(id, secret, token);
  }

  /**
   * Asks what the user may have set, and not the metadata service of EC2 as the SDK would: off
   * Amazon's machines that costs seconds, and cross-region access makes up for it.
   */
  private static Region region(@Nullable String set) {
    return set == null ? defaultRegion() : Region.of(set);
  }

  /**
   * Returns the region that the environment or a profile names; else the first of all, from which
   * the clients made here find the buckets of the others. No server is asked.
   */
  public static Region defaultRegion() {
    try {
      return new AwsRegionProviderChain(
              new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
          .getRegion();
    } catch (SdkClientException e) {
      return Region.US_EAST_1;
    }
  }
}
