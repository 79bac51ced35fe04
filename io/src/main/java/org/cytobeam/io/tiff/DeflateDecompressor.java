package org.cytobeam.io.tiff;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;

/**
 * Deflate in a zlib wrapper (Adobe's TIFF Technical Note of 2002; 32946 is the same in another
 * name).
 *
 * <p>Where the data end with what was asked for, their checksum is checked too.
 */
final class DeflateDecompressor implements Decompressor {

  private final Inflater inflater = new Inflater();

  @Override
  public void decompress(byte[] in, int from, int count, byte[] out, int length)
      throws ImageException {
    inflater.reset();
    inflater.setInput(in, from, count);
    try {
      int filled = 0;
      while (filled < length) {
        int more = inflater.inflate(out, filled, length - filled);
        if (more == 0) {
          throw stopped(filled, length);
        }
        filled += more;
      }
      verifyChecksum(out, length);
    } catch (DataFormatException e) {
      throw new ImageException(
          Reason.UNDECODABLE, "the Deflate data are corrupt: " + e.getMessage(), e);
    }
  }

  /** Lets the inflater come to the checksum, which it only looks at when asked for more. */
  private void verifyChecksum(byte[] out, int length) throws DataFormatException {
    if (!inflater.finished()) {
      inflater.inflate(out, length, 1);
    }
  }

  private ImageException stopped(int filled, int length) {
    return inflater.needsDictionary()
        ? new ImageException(Reason.UNDECODABLE, "the Deflate data ask for a dictionary")
        : new ImageException(
            Reason.TRUNCATED, "Deflate data end after " + filled + " of " + length + " bytes");
  }

  @Override
  public void close() {
    inflater.end();
  }
}
