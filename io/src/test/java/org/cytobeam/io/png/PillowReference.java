package org.cytobeam.io.png;

import java.util.zip.Deflater;
import org.cytobeam.io.pixels.Raster;

/**
 * The size of the PNG file that Pillow writes by default: for each row the filter of none, up, sub
 * and Paeth with the smallest sum of absolute differences, zlib's level 6 with its strategy for
 * filtered data, and an IDAT chunk for each 64 KiB.
 */
final class PillowReference {

  private static final int AROUND_DATA = 8 + 25 + 12;
  private static final int CHUNK = 1 << 16;

  private PillowReference() {}

  static int fileSize(Raster image) {
    int compressed = deflatedSize(filteredBySmallestSum(image));
    int chunks = (compressed + CHUNK - 1) / CHUNK;
    return AROUND_DATA + compressed + 12 * chunks;
  }

  private static byte[] filteredBySmallestSum(Raster image) {
    int rowLength = image.width() + 1;
    byte[] filtered = new byte[rowLength * image.height()];
    for (int y = 0; y < image.height(); y++) {
      byte[] best = row(image, y, 0);
      for (int filter : new int[] {2, 1, 4}) {
        byte[] candidate = row(image, y, filter);
        if (sum(candidate) < sum(best)) {
          best = candidate;
        }
      }
      System.arraycopy(best, 0, filtered, y * rowLength, rowLength);
    }
    return filtered;
  }

  private static byte[] row(Raster image, int y, int filter) {
    byte[] row = new byte[image.width() + 1];
    row[0] = (byte) filter;
    for (int x = 0; x < image.width(); x++) {
      int left = x == 0 ? 0 : image.sample(x - 1, y);
      int up = y == 0 ? 0 : image.sample(x, y - 1);
      int upLeft = x == 0 || y == 0 ? 0 : image.sample(x - 1, y - 1);
      int predicted =
          switch (filter) {
            case 1 -> left;
            case 2 -> up;
            case 4 -> paeth(left, up, upLeft);
            default -> 0;
          };
      row[x + 1] = (byte) (image.sample(x, y) - predicted);
    }
    return row;
  }

  static int paeth(int left, int up, int upLeft) {
    int estimate = left + up - upLeft;
    int nearest = Math.abs(estimate - left);
    int predicted = left;
    if (Math.abs(estimate - up) < nearest) {
      nearest = Math.abs(estimate - up);
      predicted = up;
    }
    return Math.abs(estimate - upLeft) < nearest ? upLeft : predicted;
  }

  private static int sum(byte[] row) {
    int sum = 0;
    for (int i = 1; i < row.length; i++) {
      sum += Math.abs(row[i]);
    }
    return sum;
  }

  private static int deflatedSize(byte[] data) {
    Deflater deflater = new Deflater(6);
    try {
      deflater.setStrategy(Deflater.FILTERED);
      deflater.setInput(data);
      deflater.finish();
      byte[] chunk = new byte[CHUNK];
      while (!deflater.finished()) {
        deflater.deflate(chunk);
      }
      return Math.toIntExact(deflater.getBytesWritten());
    } finally {
      deflater.end();
    }
  }
}
