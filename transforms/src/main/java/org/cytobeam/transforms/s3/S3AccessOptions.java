package org.cytobeam.transforms.s3;

import java.util.List;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.jspecify.annotations.Nullable;

/** Which buckets are read without credentials, beside what Beam's own AWS options say. */
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
}
