package org.cytobeam.transforms.s3;

import java.util.List;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Hidden;
import org.jspecify.annotations.Nullable;

/**
 * Which buckets are read without credentials, and how long S3 is waited for, beside what Beam's own
 * AWS options say. Tables are read, images fetched and outputs put by the same rules.
 */
public interface S3AccessOptions extends AwsOptions {

  @Description(
      "Buckets that are read without credentials, beside those known to be public:"
          + " cellpainting-gallery and janelia-cosem-datasets.")
  @Nullable List<String> getS3PublicBuckets();

  void setS3PublicBuckets(@Nullable List<String> buckets);

  @Description("Use no credentials for any bucket.")
  @Default.Boolean(false)
  boolean getS3Anonymous();

  void setS3Anonymous(boolean anonymous);

  @Description("The name of the credentials that this run was given. Set by the command itself.")
  @Hidden
  @Nullable String getS3HeldCredentials();

  void setS3HeldCredentials(@Nullable String name);

  @Description("How often a request to S3 is made before it counts as failed; 1 is no retry.")
  @Default.Integer(5)
  int getS3MaxAttempts();

  void setS3MaxAttempts(int attempts);

  @Description("The longest pause before the first retry, in seconds; it doubles with each.")
  @Default.Double(0.2)
  double getS3RetryDelaySeconds();

  void setS3RetryDelaySeconds(double seconds);

  @Description("How long one attempt may take, its last byte included, in seconds.")
  @Default.Double(120)
  double getS3AttemptTimeoutSeconds();

  void setS3AttemptTimeoutSeconds(double seconds);

  @Description("How long all attempts at one object may take together, in seconds.")
  @Default.Double(600)
  double getS3CallTimeoutSeconds();

  void setS3CallTimeoutSeconds(double seconds);
}
