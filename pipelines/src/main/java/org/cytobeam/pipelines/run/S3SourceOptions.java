package org.cytobeam.pipelines.run;

import java.util.List;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.cytobeam.pipelines.options.Example;
import org.cytobeam.pipelines.options.OptionGroup;
import org.jspecify.annotations.Nullable;

/** How S3 is spoken to, beside what Beam's own AWS options say. */
@OptionGroup(value = "S3", order = 50)
public interface S3SourceOptions extends AwsOptions {

  @Description(
      "Buckets that are read without credentials, beside those known to be public:"
          + " cellpainting-gallery and janelia-cosem-datasets.")
  @Example("my-public-bucket")
  @Nullable List<String> getS3PublicBuckets();

  void setS3PublicBuckets(@Nullable List<String> buckets);

  @Description("Use no credentials for any bucket.")
  @Default.Boolean(false)
  boolean getS3Anonymous();

  void setS3Anonymous(boolean anonymous);
}
