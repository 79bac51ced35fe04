package org.cytobeam.io.pixels;

/**
 * Shrinks 8-bit images by a whole factor: each sample of the result is the mean of a square box of
 * samples, rounded to the nearest number, halves up.
 *
 * <p>The boxes begin at the top left; those at the right and lower edge take what is left.
 */
public final class BoxMean {

  private BoxMean() {}

  /**
   * Returns an image whose sides are at most so long: the smallest factor that does it is taken. An
   * image that is small enough is returned as it is.
   *
   * @param image has 8-bit samples
   * @param longestSide in pixels, at least 1
   */
  public static Raster shrink(Raster image, int longestSide) {
    if (longestSide < 1) {
      throw new IllegalArgumentException("an image can't be " + longestSide + " pixels wide");
    }
    int factor = ceilDiv(Math.max(image.width(), image.height()), longestSide);
    return factor == 1 ? image : shrinkBy(image, factor);
  }

  private static Raster shrinkBy(Raster image, int factor) {
    int width = ceilDiv(image.width(), factor);
    int height = ceilDiv(image.height(), factor);
    byte[] means = new byte[width * height];
    long[] sums = new long[width];
    for (int y = 0; y < height; y++) {
      int top = y * factor;
      int rows = Math.min(factor, image.height() - top);
      sum(image, top, rows, factor, sums);
      for (int x = 0; x < width; x++) {
        long count = (long) rows * Math.min(factor, image.width() - x * factor);
        means[y * width + x] = (byte) ((sums[x] + count / 2) / count);
        sums[x] = 0;
      }
    }
    return Raster.uint8(width, height, means);
  }

  /** Adds the samples of some rows to the sums of the boxes that they lie in. */
  private static void sum(Raster image, int top, int rows, int factor, long[] sums) {
    byte[] samples = image.bytes();
    for (int y = top; y < top + rows; y++) {
      int at = y * image.width();
      for (int box = 0; box < sums.length; box++) {
        int end = y * image.width() + Math.min(image.width(), (box + 1) * factor);
        long sum = 0;
        while (at < end) {
          sum += samples[at++] & 0xff;
        }
        sums[box] += sum;
      }
    }
  }

  private static int ceilDiv(int dividend, int divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }
}
