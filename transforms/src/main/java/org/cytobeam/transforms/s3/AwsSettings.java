package org.cytobeam.transforms.s3;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.io.s3.StaticCredentials;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

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
    S3AccessOptions access = options.as(S3AccessOptions.class);
    Set<String> publicBuckets = new HashSet<>(S3Settings.OPEN_DATA);
    List<String> more = access.getS3PublicBuckets();
    if (more != null) {
      publicBuckets.addAll(more);
    }
    return S3Settings.builder()
        .setEndpoint(options.getEndpoint())
        .setRegion(options.getAwsRegion() == null ? null : options.getAwsRegion().id())
        .setAnonymous(access.getS3Anonymous())
        .setPublicBuckets(publicBuckets)
        .setCredentials(credentials(options.getAwsCredentialsProvider()))
        .build();
  }

  private static @Nullable StaticCredentials credentials(
      @Nullable AwsCredentialsProvider provider) {
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
