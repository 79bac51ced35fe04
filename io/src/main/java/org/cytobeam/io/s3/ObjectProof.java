package org.cytobeam.io.s3;

import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.Hash;
import org.cytobeam.io.bytes.Integrity;
import org.jspecify.annotations.Nullable;

/**
 * Checks the bytes of an object, given in order, against what its head says of it: by the checksum
 * that the server keeps, else by the ETag if it is the MD5 of the object, else by the length.
 *
 * <p>When an ETag is the MD5 of the object: Amazon S3 API Reference, data type "Object". It is not
 * after a multipart upload ({@code …-12}), under SSE-KMS or SSE-C, nor in directory buckets, whose
 * names end in {@code --x-s3}.
 *
 * <p>Used by one thread at a time.
 */
final class ObjectProof {

  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
  private static final String DIRECTORY_BUCKET = "--x-s3";

  private final ObjectHead head;
  private final @Nullable StoredChecksum checksum;
  private final @Nullable MessageDigest md5;
  private long length;

  /** Begins with no bytes. */
  ObjectProof(String bucket, ObjectHead head) {
    this.head = head;
    this.checksum = StoredChecksum.of(head.checksums());
    this.md5 = checksum == null && etagIsMd5(bucket, head) ? Hash.MD5.digest() : null;
  }

  /**
   * Returns the strongest check that the body passes.
   *
   * @param validated whether the SDK has compared a checksum already
   * @throws DamagedException if it fails one
   */
  static Integrity check(String bucket, PartialBody body, boolean validated)
      throws DamagedException {
    ObjectHead head = ObjectHead.of(body.head());
    checkLength(head, body.length());
    if (validated) {
      return Integrity.CHECKSUM;
    }
    ObjectProof proof = new ObjectProof(bucket, head);
    proof.update(body.bytes(), 0, body.length());
    return proof.check();
  }

  /** Takes the next bytes. */
  void update(byte[] bytes, int offset, int more) {
    length += more;
    if (checksum != null) {
      checksum.update(bytes, offset, more);
    }
    if (md5 != null) {
      md5.update(bytes, offset, more);
    }
  }

  /**
   * Returns the strongest check that all bytes pass; called once, at the end.
   *
   * @throws DamagedException if they fail one
   */
  Integrity check() throws DamagedException {
    checkLength(head, length);
    if (checksum != null) {
      checksum.check();
      return Integrity.CHECKSUM;
    }
    if (md5 == null) {
      return Integrity.LENGTH;
    }
    String found = Hash.hex(md5);
    if (!found.equals(head.etag())) {
      throw new DamagedException(
          Reason.CHECKSUM,
          "the bytes that came have the MD5 " + found + ", the object " + head.etag());
    }
    return Integrity.ETAG_MD5;
  }

  private static void checkLength(ObjectHead head, long length) throws DamagedException {
    Long promised = head.length();
    if (promised != null && promised != length) {
      throw new DamagedException(
          Reason.TRUNCATED, "ended after " + length + " of " + promised + " bytes");
    }
  }

  private static boolean etagIsMd5(String bucket, ObjectHead head) {
    return head.plainEtag()
        && MD5.matcher(head.etag()).matches()
        && !bucket.endsWith(DIRECTORY_BUCKET);
  }
}
