package org.cytobeam.pipelines.run;

import java.net.URI;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.cytobeam.pipelines.options.Example;
import org.cytobeam.pipelines.options.OptionGroup;
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
}
