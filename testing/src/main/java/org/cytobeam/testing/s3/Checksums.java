package org.cytobeam.testing.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The checksums that clients send with a body, and ETags. */
final class Checksums {

  private static final String PREFIX = "x-amz-checksum-";

  private Checksums() {}

  /** Tells whether a header, its name in lower case, is a checksum. */
  static boolean isChecksum(String name) {
    return name.startsWith(PREFIX);
  }

  static byte[] md5(byte[] bytes) {
    return digest("MD5", bytes);
  }

  static String hexMd5(byte[] bytes) {
    return HexFormat.of().formatHex(md5(bytes));
  }

  /**
   * Returns the {@code x-amz-checksum-*} headers of a request whose body is right by each of them,
   * and by {@code Content-MD5}. CRC64NVME is believed.
   */
  static Map<String, String> verified(Request request) throws S3Exception {
    Optional<String> md5 = request.header("Content-MD5");
    if (md5.isPresent() && !md5.get().equals(base64(md5(request.body())))) {
      throw new S3Exception(S3Error.BAD_DIGEST);
    }
    Map<String, String> verified = new TreeMap<>();
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (isChecksum(name)) {
        Optional<String> computed = compute(name.substring(PREFIX.length()), request.body());
        if (computed.isPresent() && !computed.get().equals(header.getValue())) {
          throw new S3Exception(S3Error.BAD_DIGEST);
        }
        if (computed.isPresent() || name.endsWith("crc64nvme")) {
          verified.put(name, header.getValue());
        }
      }
    }
    return verified;
  }

  private static Optional<String> compute(String algorithm, byte[] bytes) {
    return switch (algorithm) {
      case "crc32" -> Optional.of(crc(new CRC32(), bytes));
      case "crc32c" -> Optional.of(crc(new CRC32C(), bytes));
      case "sha1" -> Optional.of(base64(digest("SHA-1", bytes)));
      case "sha256" -> Optional.of(base64(digest("SHA-256", bytes)));
      default -> Optional.empty();
    };
  }

  private static String crc(Checksum crc, byte[] bytes) {
    crc.update(bytes);
    return base64(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
