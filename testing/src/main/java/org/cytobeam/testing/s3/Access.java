package org.cytobeam.testing.s3;

/** Who may use a bucket of an {@link S3TestServer}. */
public enum Access {
  /** Everyone: unsigned requests, and signed ones whatever their key. */
  OPEN,
  /** Unsigned requests only; a signed one gets 403 InvalidAccessKeyId, as with an unknown key. */
  UNSIGNED,
  /**
   * Requests signed with {@link S3TestServer#ACCESS_KEY_ID}; unsigned ones get 403 AccessDenied,
   * other keys 403 InvalidAccessKeyId.
   */
  SIGNED,
  /** Nobody any longer: signed requests get 400 ExpiredToken, unsigned ones 403 AccessDenied. */
  EXPIRED
}
