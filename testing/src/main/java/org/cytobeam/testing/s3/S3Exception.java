package org.cytobeam.testing.s3;

/** Ends the handling of a request with an error. */
final class S3Exception extends Exception {

  private static final long serialVersionUID = 1L;

  private final S3Error error;

  S3Exception(S3Error error) {
    super(error.name());
    this.error = error;
  }

  S3Error error() {
    return error;
  }
}
