package org.cytobeam.pipelines.run;

import java.net.URI;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.cytobeam.pipelines.options.Example;
import org.cytobeam.pipelines.options.OptionGroup;
import org.cytobeam.pipelines.options.Range;
import org.cytobeam.transforms.s3.S3AccessOptions;
import org.jspecify.annotations.Nullable;

/** How S3 is spoken to: what people set, under one heading. */
@OptionGroup(value = "S3", order = 50)
public interface S3SourceOptions extends S3AccessOptions {

  @Override
  @Description(
      "The address of an S3 server that is not Amazon's: MinIO, Ceph, Garage. It then holds all"
          + " buckets, also the public ones.")
  @Example("http://localhost:9000")
  @Nullable URI getEndpoint();

  @Override
  @Description(
      "Buckets that are read without credentials, beside those known to be public:"
          + " cellpainting-gallery and janelia-cosem-datasets.")
  @Example("my-public-bucket")
  @Nullable List<String> getS3PublicBuckets();

  @Override
  @Description("Use no credentials for any bucket.")
  @Default.Boolean(false)
  boolean getS3Anonymous();

  @Override
  @Description(
      "How often a request to S3 is made before it counts as failed. Tried again is what may pass:"
          + " broken connections, time-outs, damaged bytes, 5xx and requests to slow down.")
  @Default.Integer(5)
  @Range(least = 1, most = 100)
  @Example("10")
  int getS3MaxAttempts();

  @Override
  @Description(
      "The longest pause before the first retry, in seconds. It doubles with each retry, up to 20"
          + " seconds; the pause made is a random share of it.")
  @Default.Double(0.2)
  @Range(least = 0.001, most = 20)
  @Example("1")
  double getS3RetryDelaySeconds();

  @Override
  @Description(
      "How long one attempt may take, its last byte included, in seconds. Raise it for large"
          + " objects on a slow line.")
  @Default.Double(120)
  @Range(least = 0.001, most = 86_400)
  @Example("600")
  double getS3AttemptTimeoutSeconds();

  @Override
  @Description(
      "How long all attempts at one object may take together, with the pauses between, in seconds.")
  @Default.Double(600)
  @Range(least = 0.001, most = 86_400)
  @Example("3600")
  double getS3CallTimeoutSeconds();
}
