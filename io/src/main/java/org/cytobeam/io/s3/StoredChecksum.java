package org.cytobeam.io.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.cytobeam.io.bytes.Crc64Nvme;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.Hash;
import org.jspecify.annotations.Nullable;

/**
 * A checksum that S3 keeps beside an object, and that of the bytes that have come, which are given
 * in order. Checksums of checksums of parts say nothing of the whole and don't count.
 *
 * <p>The forms: Amazon S3 User Guide, "Checking object integrity". Used by one thread at a time.
 */
final class StoredChecksum {

  /** The checksum of bytes that come in pieces. */
  private interface Running {
    void update(byte[] bytes, int offset, int length);

    byte[] value();
  }

  private final String algorithm;
  private final String expected;
  private final Running running;

  private StoredChecksum(String algorithm, String expected, Running running) {
    this.algorithm = algorithm;
    this.expected = expected;
    this.running = running;
  }

  /** One of the checksums that there may be. */
  private record Kept(String algorithm, @Nullable String value, Supplier<Running> running) {}

  /** Returns the checksum to compare with, the one that costs least; null if there is none. */
  static @Nullable StoredChecksum of(ObjectHead.Checksums kept) {
    if (kept.composite()) {
      return null;
    }
    List<Kept> cheapestFirst =
        List.of(
            new Kept("CRC-32C", kept.crc32c(), () -> crc(new CRC32C(), Integer.BYTES)),
            new Kept("CRC-32", kept.crc32(), () -> crc(new CRC32(), Integer.BYTES)),
            new Kept("CRC-64/NVME", kept.crc64Nvme(), () -> crc(new Crc64Nvme(), Long.BYTES)),
            new Kept(Hash.SHA256.toString(), kept.sha256(), () -> hash(Hash.SHA256)),
            new Kept(Hash.SHA1.toString(), kept.sha1(), () -> hash(Hash.SHA1)));
    for (Kept one : cheapestFirst) {
      String value = one.value();
      // A checksum of parts ends in their number.
      if (value != null && !value.contains("-")) {
        return new StoredChecksum(one.algorithm(), value, one.running().get());
      }
    }
    return null;
  }

  private static Running crc(Checksum checksum, int bytes) {
    return new Running() {
      @Override
      public void update(byte[] more, int offset, int length) {
        checksum.update(more, offset, length);
      }

      @Override
      public byte[] value() {
        ByteBuffer value = ByteBuffer.allocate(bytes);
        return bytes == Long.BYTES
            ? value.putLong(checksum.getValue()).array()
            : value.putInt((int) checksum.getValue()).array();
      }
    };
  }

  private static Running hash(Hash hash) {
    MessageDigest digest = hash.digest();
    return new Running() {
      @Override
      public void update(byte[] more, int offset, int length) {
        digest.update(more, offset, length);
      }

      @Override
      public byte[] value() {
        return digest.digest();
      }
    };
  }

  /** Takes the next bytes. */
  void update(byte[] bytes, int offset, int length) {
    running.update(bytes, offset, length);
  }

  /**
   * Compares all bytes with what is kept; called once, at the end.
   *
   * @throws DamagedException if they are others
   */
  void check() throws DamagedException {
    String found = Base64.getEncoder().encodeToString(running.value());
    if (!found.equals(expected)) {
      throw new DamagedException(
          Reason.CHECKSUM,
          "the bytes that came have the " + algorithm + " " + found + ", the object " + expected);
    }
  }
}
