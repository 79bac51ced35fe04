package org.cytobeam.io.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash functions in use; the JDK has them all. */
public enum Hash {
  /** What S3 makes ETags of, RFC 1321. */
  MD5("MD5"),
  /** One of the checksums that S3 keeps, FIPS 180-4. */
  SHA1("SHA-1"),
  /** What files and pixels are known by, FIPS 180-4. */
  SHA256("SHA-256");

  private final String algorithm;

  Hash(String algorithm) {
    this.algorithm = algorithm;
  }

  /** Returns a new digest, for bytes that come in pieces. */
  public MessageDigest digest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has " + algorithm, e);
    }
  }

  /** Returns the hash of bytes. */
  public byte[] of(byte[] bytes) {
    return digest().digest(bytes);
  }

  /** Returns the hash of a text's UTF-8. */
  public byte[] of(String text) {
    return of(text.getBytes(UTF_8));
  }

  /** Returns the hash of bytes as lower-case hexadecimal digits. */
  public String hex(byte[] bytes) {
    return HexFormat.of().formatHex(of(bytes));
  }

  /** Returns the hash of a text's UTF-8 as lower-case hexadecimal digits. */
  public String hex(String text) {
    return HexFormat.of().formatHex(of(text));
  }

  /** Returns the hash of all that a digest was given, as lower-case hexadecimal digits. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns the name that standards give it: {@code SHA-256}. */
  @Override
  public String toString() {
    return algorithm;
  }
}
