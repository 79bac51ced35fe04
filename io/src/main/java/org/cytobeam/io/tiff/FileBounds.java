package org.cytobeam.io.tiff;

import java.util.Locale;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;

/**
 * The length of a file, against which every offset and length that it states is checked.
 *
 * @param size number of bytes
 */
record FileBounds(long size) {

  /**
   * Checks that a range lies inside the file; both its numbers are read as unsigned.
   *
   * @param what names the range in the message, such as {@code directory}
   * @throws ImageException TRUNCATED if it does not
   */
  void require(long offset, long length, String what) throws ImageException {
    if (offset < 0 || length < 0 || offset > size || length > size - offset) {
      throw new ImageException(
          Reason.TRUNCATED,
          String.format(
              Locale.ROOT,
              "%s: %s bytes from byte %s on, but the file has %d",
              what,
              Long.toUnsignedString(length),
              Long.toUnsignedString(offset),
              size));
    }
  }
}
