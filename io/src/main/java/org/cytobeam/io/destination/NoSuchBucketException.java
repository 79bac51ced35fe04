package org.cytobeam.io.destination;

/** A destination in a bucket that doesn't exist. */
public final class NoSuchBucketException extends DestinationException {

  private static final long serialVersionUID = 1L;

  private final String bucket;

  NoSuchBucketException(String bucket, Throwable cause) {
    super("There is no bucket " + bucket + ". Make it, or name another.", cause);
    this.bucket = bucket;
  }

  /** Returns the name of the bucket. */
  public String bucket() {
    return bucket;
  }
}
