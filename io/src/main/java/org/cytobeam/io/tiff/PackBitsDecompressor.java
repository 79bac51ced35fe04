package org.cytobeam.io.tiff;

import java.util.Arrays;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;

/** PackBits: runs and literals of up to 128 bytes (TIFF 6.0, section 9). */
final class PackBitsDecompressor implements Decompressor {

  /** A header that stands for nothing. */
  private static final int NO_OPERATION = -128;

  @Override
  public void decompress(byte[] in, int from, int count, byte[] out, int length)
      throws ImageException {
    int end = from + count;
    int at = from;
    int filled = 0;
    while (filled < length) {
      int header = at < end ? in[at++] : NO_OPERATION;
      int wanted = header >= 0 ? header + 1 : 1;
      if (wanted > end - at) {
        throw new ImageException(
            Reason.TRUNCATED, "PackBits data end after " + filled + " of " + length + " bytes");
      }
      if (header >= 0) {
        int copied = Math.min(wanted, length - filled);
        System.arraycopy(in, at, out, filled, copied);
        at += wanted;
        filled += copied;
      } else if (header != NO_OPERATION) {
        int repeated = Math.min(1 - header, length - filled);
        Arrays.fill(out, filled, filled + repeated, in[at++]);
        filled += repeated;
      }
    }
  }
}
