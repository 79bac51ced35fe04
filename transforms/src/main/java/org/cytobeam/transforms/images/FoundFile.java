package org.cytobeam.transforms.images;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.cytobeam.io.bytes.Hash;
import org.cytobeam.io.destination.Proof;

/**
 * A file that nobody of this program wrote, read once.
 *
 * @param proof what later proves it
 * @param md5 of its bytes, in lower-case hexadecimal digits
 * @param isGzip whether it begins as gzip does (RFC 1952: ID1, ID2)
 */
record FoundFile(Proof proof, String md5, boolean isGzip) {

  private static final int BUFFER = 1 << 16;

  /** Reads a file to its end; {@code in} is not closed. */
  static FoundFile read(InputStream in) throws IOException {
    MessageDigest md5 = Hash.MD5.digest();
    InputStream file = new BufferedInputStream(in, BUFFER);
    file.mark(2);
    boolean isGzip = file.read() == 0x1f && file.read() == 0x8b;
    file.reset();
    Proof proof = Proof.of(new DigestInputStream(file, md5));
    return new FoundFile(proof, Hash.hex(md5), isGzip);
  }
}
