package org.cytobeam.io.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;

/**
 * Small reads from ranges, served from one larger read.
 *
 * <p>A directory, its tables and the header usually lie close together: one request fetches them
 * all. What does not lie inside the file is refused as truncated before anything is allocated.
 */
final class ReadAhead {

  /** Enough for the header, a directory of 100 entries and the tables of a few hundred strips. */
  private static final int WINDOW = 4096;

  private static final int MAX_VIEW = Integer.MAX_VALUE - 8;

  private final ByteRanges source;
  private final FileBounds bounds;
  private byte[] window = new byte[0];
  private long start;

  ReadAhead(ByteRanges source) {
    this.source = source;
    this.bounds = new FileBounds(source.size());
  }

  ByteRanges source() {
    return source;
  }

  long size() {
    return bounds.size();
  }

  /**
   * Returns a view of bytes from {@code offset}, with position 0.
   *
   * @param what names the bytes in the message, such as {@code "directory"}
   * @throws ImageException if they do not all lie inside the file
   */
  ByteBuffer view(long offset, long length, ByteOrder order, String what) throws IOException {
    bounds.require(offset, length, what);
    if (length > MAX_VIEW) {
      throw new ImageException(Reason.TOO_LARGE, what + ": " + length + " bytes");
    }
    if (offset < start || offset + length > start + window.length) {
      int fetched = (int) Math.max(length, Math.min(WINDOW, size() - offset));
      window = source.read(offset, fetched);
      start = offset;
    }
    return ByteBuffer.wrap(window, (int) (offset - start), (int) length).slice().order(order);
  }
}
