package org.cytobeam.io.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * What a server says of an object, whether it was asked for its bytes or not.
 *
 * @param length of all its bytes; null if the server doesn't say
 * @param quotedEtag as the header has it; null if there is none
 * @param contentEncoding as the header has it; empty if there is none
 * @param checksums that the server keeps, in base64
 * @param plainEtag whether nothing in the head forbids that the ETag is the MD5 of the bytes
 */
record ObjectHead(
    @Nullable Long length,
    @Nullable String quotedEtag,
    String contentEncoding,
    Checksums checksums,
    boolean plainEtag) {

  /**
   * The checksums of an object, in base64.
   *
   * @param composite whether they are checksums of the checksums of parts
   */
  record Checksums(
      boolean composite,
      @Nullable String crc64Nvme,
      @Nullable String crc32c,
      @Nullable String crc32,
      @Nullable String sha256,
      @Nullable String sha1) {}

  static ObjectHead of(GetObjectResponse answer) {
    return new ObjectHead(
        answer.contentLength(),
        answer.eTag(),
        orEmpty(answer.contentEncoding()),
        new Checksums(
            answer.checksumType() == ChecksumType.COMPOSITE,
            answer.checksumCRC64NVME(),
            answer.checksumCRC32C(),
            answer.checksumCRC32(),
            answer.checksumSHA256(),
            answer.checksumSHA1()),
        isPlain(answer.serverSideEncryption(), answer.sseCustomerAlgorithm()));
  }

  static ObjectHead of(HeadObjectResponse answer) {
    return new ObjectHead(
        answer.contentLength(),
        answer.eTag(),
        orEmpty(answer.contentEncoding()),
        new Checksums(
            answer.checksumType() == ChecksumType.COMPOSITE,
            answer.checksumCRC64NVME(),
            answer.checksumCRC32C(),
            answer.checksumCRC32(),
            answer.checksumSHA256(),
            answer.checksumSHA1()),
        isPlain(answer.serverSideEncryption(), answer.sseCustomerAlgorithm()));
  }

  /** Returns the ETag without quotation marks; empty if there is none. */
  String etag() {
    return quotedEtag == null ? "" : quotedEtag.replace("\"", "");
  }

  /** Returns whether the ETag is strong (RFC 9110 §8.8.1): the same ETag means the same bytes. */
  boolean isStrong() {
    return quotedEtag != null && quotedEtag.startsWith("\"");
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static boolean isPlain(
      @Nullable ServerSideEncryption encryption, @Nullable String customerAlgorithm) {
    return (encryption == null || encryption == ServerSideEncryption.AES256)
        && customerAlgorithm == null;
  }
}
