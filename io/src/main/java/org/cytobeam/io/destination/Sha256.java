package org.cytobeam.io.destination;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as this package writes it: 64 lower-case hexadecimal digits. */
final class Sha256 {

  private static final int BLOCK = 1 << 16;

  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns the hash of everything up to the end of a stream. */
  static String of(InputStream in) throws IOException {
    return proofOf(in).sha256();
  }

  /** Returns the proof of everything up to the end of a stream. */
  static Proof proofOf(InputStream in) throws IOException {
    MessageDigest digest = digest();
    byte[] block = new byte[BLOCK];
    long size = 0;
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      digest.update(block, 0, n);
      size += n;
    }
    return new Proof(size, hex(digest));
  }

  /** Returns the proof of bytes in memory. */
  static Proof proofOf(byte[] bytes) {
    MessageDigest digest = digest();
    digest.update(bytes);
    return new Proof(bytes.length, hex(digest));
  }
}
