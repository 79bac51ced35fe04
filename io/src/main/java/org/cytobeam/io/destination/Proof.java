package org.cytobeam.io.destination;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.cytobeam.io.bytes.Hash;

/**
 * What proves that a stored file is the one that was written.
 *
 * @param size length in bytes
 * @param sha256 SHA-256 of the bytes, 64 lower-case hexadecimal digits
 */
public record Proof(long size, String sha256) {

  private static final int BLOCK = 1 << 16;

  /** Returns the proof of everything up to the end of a stream. */
  public static Proof of(InputStream in) throws IOException {
    MessageDigest digest = Hash.SHA256.digest();
    byte[] block = new byte[BLOCK];
    long size = 0;
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      digest.update(block, 0, n);
      size += n;
    }
    return new Proof(size, Hash.hex(digest));
  }

  /** Returns the proof of bytes in memory. */
  static Proof of(byte[] bytes) {
    return new Proof(bytes.length, Hash.SHA256.hex(bytes));
  }
}
