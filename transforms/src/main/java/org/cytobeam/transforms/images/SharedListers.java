package org.cytobeam.transforms.images;

import java.io.IOException;
import org.cytobeam.io.s3.S3ObjectLister;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.transforms.flow.Shared;

/** The connections that all steps of a process ask buckets with. */
final class SharedListers {

  private static final Shared<S3Settings, S3ObjectLister> OPEN = new Shared<>(S3ObjectLister::new);

  private SharedListers() {}

  /** Returns a lease; it must be closed, and the lister itself must not. */
  static Shared.Lease<S3ObjectLister> lease(S3Settings settings) throws IOException {
    return OPEN.lease(settings);
  }
}
