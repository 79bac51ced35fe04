package org.cytobeam.io.s3;

import java.util.regex.Pattern;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.Hash;
import org.cytobeam.io.bytes.Integrity;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Checks a body against what its head says of it.
 *
 * <p>When an ETag is the MD5 of the object: Amazon S3 API Reference, data type "Object". It is not
 * after a multipart upload ({@code …-12}), under SSE-KMS or SSE-C, nor in directory buckets, whose
 * names end in {@code --x-s3}.
 */
final class ObjectProof {

  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
  private static final String DIRECTORY_BUCKET = "--x-s3";

  private ObjectProof() {}

  /** Returns the ETag without quotation marks; empty if there is none. */
  static String etag(GetObjectResponse head) {
    String etag = head.eTag();
    return etag == null ? "" : etag.replace("\"", "");
  }

  /**
   * Returns the strongest check that the body passes.
   *
   * @param validated whether the SDK has compared a checksum already
   * @throws DamagedException if it fails one
   */
  static Integrity check(String bucket, PartialBody body, boolean validated)
      throws DamagedException {
    Long promised = body.head().contentLength();
    byte[] bytes = body.bytes();
    if (promised != null && promised != bytes.length) {
      throw new DamagedException(
          Reason.TRUNCATED, "ended after " + bytes.length + " of " + promised + " bytes");
    }
    if (validated || StoredChecksum.check(body.head(), bytes)) {
      return Integrity.CHECKSUM;
    }
    if (!etagIsMd5(bucket, body.head())) {
      return Integrity.LENGTH;
    }
    String md5 = Hash.MD5.hex(bytes);
    String etag = etag(body.head());
    if (!md5.equals(etag)) {
      throw new DamagedException(
          Reason.CHECKSUM, "the bytes that came have the MD5 " + md5 + ", the object " + etag);
    }
    return Integrity.ETAG_MD5;
  }

  private static boolean etagIsMd5(String bucket, GetObjectResponse head) {
    ServerSideEncryption encryption = head.serverSideEncryption();
    return MD5.matcher(etag(head)).matches()
        && (encryption == null || encryption == ServerSideEncryption.AES256)
        && head.sseCustomerAlgorithm() == null
        && !bucket.endsWith(DIRECTORY_BUCKET);
  }
}
