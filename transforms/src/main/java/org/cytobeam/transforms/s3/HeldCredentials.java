package org.cytobeam.transforms.s3;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.cytobeam.io.s3.S3Clients;
import org.cytobeam.io.s3.StaticCredentials;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Credentials that a run was given, kept out of its pipeline's options, which Beam and the runners
 * show: as display data, as text, on web pages. The options have their {@link #name} alone.
 *
 * <p>They get to the workers inside the steps that need them. Where a step uses Beam's file system
 * it {@linkplain #hold holds} them first, since that file system knows nothing but the options.
 *
 * @param name means nothing, and is another for each run
 */
public record HeldCredentials(String name, StaticCredentials credentials) implements Serializable {

  private static final Map<String, StaticCredentials> HELD = new ConcurrentHashMap<>();

  /** Returns those that a pipeline's options name; empty if it was given none. */
  public static Optional<HeldCredentials> of(AwsOptions options) {
    @Nullable String name = options.as(S3AccessOptions.class).getS3HeldCredentials();
    return Optional.ofNullable(name).map(known -> new HeldCredentials(known, named(known)));
  }

  /** Returns what asks for those of a name when the first request is signed, and no sooner. */
  static AwsCredentialsProvider provider(String name) {
    return () -> S3Clients.credentials(named(name));
  }

  static HeldCredentials create(StaticCredentials credentials) {
    HeldCredentials created = new HeldCredentials(UUID.randomUUID().toString(), credentials);
    created.hold();
    return created;
  }

  /** Lets this process find them by their name, as long as it lives. */
  public void hold() {
    HELD.put(name, credentials);
  }

  private static StaticCredentials named(String name) {
    StaticCredentials held = HELD.get(name);
    if (held == null) {
      throw new IllegalStateException("the run's credentials have not come to this process");
    }
    return held;
  }
}
