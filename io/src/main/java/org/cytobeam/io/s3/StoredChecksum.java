package org.cytobeam.io.s3;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.Hash;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Compares bytes with the checksum that S3 keeps beside the object, as the SDK does for an answer
 * that has all of them. Checksums of checksums of parts say nothing of the whole and don't count,
 * nor does CRC-64/NVME, which the JDK has not.
 *
 * <p>The forms: Amazon S3 User Guide, "Checking object integrity".
 */
final class StoredChecksum {

  private StoredChecksum() {}

  /**
   * Returns whether there is a checksum; then the bytes have it.
   *
   * @throws DamagedException if they don't
   */
  static boolean check(GetObjectResponse head, byte[] bytes) throws DamagedException {
    return head.checksumType() != ChecksumType.COMPOSITE
        && (crc("CRC-32C", head.checksumCRC32C(), new CRC32C(), bytes)
            || crc("CRC-32", head.checksumCRC32(), new CRC32(), bytes)
            || hash(Hash.SHA256, head.checksumSHA256(), bytes)
            || hash(Hash.SHA1, head.checksumSHA1(), bytes));
  }

  private static boolean crc(
      String algorithm, @Nullable String expected, Checksum checksum, byte[] bytes)
      throws DamagedException {
    if (!ofWhole(expected)) {
      return false;
    }
    checksum.update(bytes);
    int value = (int) checksum.getValue();
    compare(algorithm, expected, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    return true;
  }

  private static boolean hash(Hash hash, @Nullable String expected, byte[] bytes)
      throws DamagedException {
    if (!ofWhole(expected)) {
      return false;
    }
    compare(hash.toString(), expected, hash.of(bytes));
    return true;
  }

  /** Returns whether there is a checksum, and not one of parts, which ends in their number. */
  private static boolean ofWhole(@Nullable String checksum) {
    return checksum != null && !checksum.contains("-");
  }

  private static void compare(String algorithm, @Nullable String expected, byte[] found)
      throws DamagedException {
    String text = Base64.getEncoder().encodeToString(found);
    if (!text.equals(expected)) {
      throw new DamagedException(
          Reason.CHECKSUM,
          "the bytes that came have the " + algorithm + " " + text + ", the object " + expected);
    }
  }
}
