package org.cytobeam.io.s3;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an S3 client is built from. Immutable, serializable, and without secrets in its text.
 *
 * <p>Nothing need be set: public buckets are read without an AWS account or any configuration, and
 * whatever else is used with the credentials that the AWS SDK finds on the machine (environment,
 * profile, role), looked for only when the first request needs them.
 */
@AutoValue
public abstract class S3Settings implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Buckets of the AWS Open Data programme that this project's jobs read. */
  public static final Set<String> OPEN_DATA =
      Set.of("cellpainting-gallery", "janelia-cosem-datasets");

  S3Settings() {}

  /**
   * Returns the address of a server other than Amazon's, or null. With an endpoint, buckets are
   * addressed by path and their regions not looked for.
   */
  public abstract @Nullable URI endpoint();

  /**
   * Returns the region that requests are first sent to, or null: then it is what the environment
   * variable, the system property or the profile of the AWS SDK says, or else us-east-1. Buckets in
   * other regions are found by one more request each.
   */
  public abstract @Nullable String region();

  /** Returns whether all requests are unsigned, whatever their bucket. */
  public abstract boolean anonymous();

  /** Returns the buckets to which requests are unsigned. */
  @SuppressWarnings("AutoValueImmutableFields") // the builder makes it an unmodifiable copy
  public abstract Set<String> publicBuckets();

  /** Returns credentials to use in place of those found on the machine, or null. */
  public abstract @Nullable StaticCredentials credentials();

  /** Returns how long making a connection may take. */
  public abstract Duration connectTimeout();

  /** Returns how long a connection may stay silent in the middle of an answer. */
  public abstract Duration readTimeout();

  /** Returns how long one attempt may take, its body included. */
  public abstract Duration attemptTimeout();

  /** Returns how long all attempts of one call may take together, with the pauses between. */
  public abstract Duration callTimeout();

  /** Returns how often a request is sent at most; 1 is without retries. */
  public abstract int maxAttempts();

  /**
   * Returns the longest pause before the first retry. It doubles with each further one; each pause
   * is a random share of it ("full jitter").
   */
  public abstract Duration retryDelay();

  /**
   * Returns the limit that no pause before a retry exceeds, whatever the server asks for, but for a
   * random tenth that keeps those apart that are all told to wait as long.
   */
  public abstract Duration maxRetryDelay();

  /** Returns how many connections a client holds at most; further requests wait for one. */
  public abstract int maxConnections();

  /** Returns the settings for a machine that nothing is known of. */
  public static S3Settings defaults() {
    return builder().build();
  }

  /** Returns a builder that begins with the {@linkplain #defaults defaults}. */
  public static Builder builder() {
    return new AutoValue_S3Settings.Builder()
        .setAnonymous(false)
        .setPublicBuckets(OPEN_DATA)
        .setConnectTimeout(Duration.ofSeconds(5))
        .setReadTimeout(Duration.ofSeconds(30))
        .setAttemptTimeout(Duration.ofMinutes(2))
        .setCallTimeout(Duration.ofMinutes(10))
        .setMaxAttempts(5)
        .setRetryDelay(Duration.ofMillis(200))
        .setMaxRetryDelay(Duration.ofSeconds(20))
        .setMaxConnections(64);
  }

  /** Returns a builder that begins with these settings. */
  public abstract Builder toBuilder();

  /** Builds settings; each setter is described where its value is read. */
  @AutoValue.Builder
  public abstract static class Builder {

    Builder() {}

    /** Sets {@link S3Settings#endpoint}. */
    public abstract Builder setEndpoint(@Nullable URI endpoint);

    /** Sets {@link S3Settings#region}. */
    public abstract Builder setRegion(@Nullable String region);

    /** Sets {@link S3Settings#anonymous}. */
    public abstract Builder setAnonymous(boolean anonymous);

    /** Sets {@link S3Settings#publicBuckets}. */
    public abstract Builder setPublicBuckets(Set<String> publicBuckets);

    /** Sets {@link S3Settings#credentials}. */
    public abstract Builder setCredentials(@Nullable StaticCredentials credentials);

    /** Sets {@link S3Settings#connectTimeout}. */
    public abstract Builder setConnectTimeout(Duration connectTimeout);

    /** Sets {@link S3Settings#readTimeout}. */
    public abstract Builder setReadTimeout(Duration readTimeout);

    /** Sets {@link S3Settings#attemptTimeout}. */
    public abstract Builder setAttemptTimeout(Duration attemptTimeout);

    /** Sets {@link S3Settings#callTimeout}. */
    public abstract Builder setCallTimeout(Duration callTimeout);

    /** Sets {@link S3Settings#maxAttempts}. */
    public abstract Builder setMaxAttempts(int maxAttempts);

    /** Sets {@link S3Settings#retryDelay}. */
    public abstract Builder setRetryDelay(Duration retryDelay);

    /** Sets {@link S3Settings#maxRetryDelay}. */
    public abstract Builder setMaxRetryDelay(Duration maxRetryDelay);

    /** Sets {@link S3Settings#maxConnections}. */
    public abstract Builder setMaxConnections(int maxConnections);

    abstract Set<String> publicBuckets();

    abstract S3Settings autoBuild();

    /**
     * Returns the settings.
     *
     * @throws IllegalArgumentException if a number or a time is not positive
     */
    public S3Settings build() {
      setPublicBuckets(Set.copyOf(publicBuckets()));
      S3Settings settings = autoBuild();
      positive("maxAttempts", settings.maxAttempts());
      positive("maxConnections", settings.maxConnections());
      positive("connectTimeout", settings.connectTimeout().toMillis());
      positive("readTimeout", settings.readTimeout().toMillis());
      positive("attemptTimeout", settings.attemptTimeout().toMillis());
      positive("callTimeout", settings.callTimeout().toMillis());
      positive("retryDelay", settings.retryDelay().toMillis());
      positive("maxRetryDelay", settings.maxRetryDelay().toMillis());
      return settings;
    }

    private static void positive(String name, long value) {
      if (value <= 0) {
        throw new IllegalArgumentException(name + " must be greater than 0, not " + value);
      }
    }
  }
}
