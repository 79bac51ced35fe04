package org.cytobeam.io.destination;

import java.io.IOException;
import java.io.InputStream;

/**
 * What proves that a stored file is the one that was written.
 *
 * @param size length in bytes
 * @param sha256 SHA-256 of the bytes, 64 lower-case hexadecimal digits
 */
public record Proof(long size, String sha256) {

  /** Returns the proof of everything up to the end of a stream. */
  public static Proof of(InputStream in) throws IOException {
    return Sha256.proofOf(in);
  }
}
