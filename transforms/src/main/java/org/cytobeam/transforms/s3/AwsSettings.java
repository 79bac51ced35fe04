package org.cytobeam.transforms.s3;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.cytobeam.io.s3.S3Clients;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.io.s3.StaticCredentials;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/** Beam's AWS options as the plain settings of {@code org.cytobeam.io.s3}. */
public final class AwsSettings {

  private AwsSettings() {}

  /**
   * Returns the settings that the options mean.
   *
   * @throws IllegalArgumentException if they ask for a credentials provider that only Beam's own
   *     file system could use
   */
  public static S3Settings of(AwsOptions options) {
    return withoutCredentials(options).toBuilder().setCredentials(credentials(options)).build();
  }

  /** Returns the settings that the options mean, but for the credentials. */
  static S3Settings withoutCredentials(AwsOptions options) {
    S3AccessOptions access = options.as(S3AccessOptions.class);
    Set<String> publicBuckets = new HashSet<>(S3Settings.OPEN_DATA);
    List<String> more = access.getS3PublicBuckets();
    if (more != null) {
      publicBuckets.addAll(more);
    }
    return times(access)
        .setEndpoint(options.getEndpoint())
        .setRegion(options.getAwsRegion() == null ? null : options.getAwsRegion().id())
        .setAnonymous(access.getS3Anonymous())
        .setPublicBuckets(publicBuckets)
        .build();
  }

  /**
   * Lets Beam's file system use clients like our own, with these settings, and takes credentials
   * that were given out of the options, which anybody may be shown.
   *
   * @throws IllegalArgumentException if they ask for a credentials provider that only Beam's own
   *     file system could use
   */
  public static void settleClients(AwsOptions options) {
    options.setClientBuilderFactory(OpenDataClientBuilderFactory.class);
    StaticCredentials given = given(options.getAwsCredentialsProvider());
    if (given != null) {
      S3AccessOptions access = options.as(S3AccessOptions.class);
      access.setS3HeldCredentials(HeldCredentials.create(given).name());
      access.setAwsCredentialsProvider(DefaultCredentialsProvider.create());
    }
  }

  /**
   * Sets the region that the SDK's settings name, or else one that leads to buckets of every other.
   * Beam's own default, which this is instead of, asks the metadata service of EC2 several times
   * over, and elsewhere waits seconds for its silence.
   */
  public static void settleRegion(AwsOptions options) {
    options.setAwsRegion(S3Clients.defaultRegion());
  }

  /**
   * Refuses what {@link #of} can't use, without looking for anything on this machine.
   *
   * @throws IllegalArgumentException with what to do instead
   */
  public static void check(AwsOptions options) {
    given(options.getAwsCredentialsProvider());
  }

  /**
   * Refuses the password of a proxy, which the options would show to everybody: its own, or what
   * the SDK adds to it from the environment.
   *
   * @throws IllegalArgumentException with what to do instead
   */
  public static void checkProxy(AwsOptions options) {
    ProxyConfiguration proxy = options.getProxyConfiguration();
    if (proxy != null && proxy.password() != null) {
      throw new IllegalArgumentException(
          "has a password, its own or the environment's, which the pipeline's options would show;"
              + " leave the option out and set http_proxy=http://user:password@host:port");
    }
  }

  /** Waiting for a connection, or for the next byte, can't take longer than the whole attempt. */
  private static S3Settings.Builder times(S3AccessOptions access) {
    S3Settings defaults = S3Settings.defaults();
    Duration attempt = seconds(access.getS3AttemptTimeoutSeconds());
    return defaults.toBuilder()
        .setMaxAttempts(access.getS3MaxAttempts())
        .setRetryDelay(seconds(access.getS3RetryDelaySeconds()))
        .setConnectTimeout(shorter(defaults.connectTimeout(), attempt))
        .setReadTimeout(shorter(defaults.readTimeout(), attempt))
        .setAttemptTimeout(attempt)
        .setCallTimeout(seconds(access.getS3CallTimeoutSeconds()));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static @Nullable StaticCredentials credentials(AwsOptions options) {
    return HeldCredentials.of(options)
        .map(HeldCredentials::credentials)
        .orElseGet(() -> given(options.getAwsCredentialsProvider()));
  }

  private static @Nullable StaticCredentials given(@Nullable AwsCredentialsProvider provider) {
    if (provider == null || provider instanceof DefaultCredentialsProvider) {
      return null;
    }
    if (!(provider instanceof StaticCredentialsProvider)) {
      throw new IllegalArgumentException(
          provider.getClass().getSimpleName()
              + " can't be used; set AWS_PROFILE, or what else the AWS SDK looks for by itself");
    }
    AwsCredentials given = provider.resolveCredentials();
    String token = given instanceof AwsSessionCredentials session ? session.sessionToken() : null;
    return new StaticCredentials(given.accessKeyId(), given.secretAccessKey(), token);
  }
}
