package org.cytobeam.io.pixels;

/**
 * The range of samples that is stretched over the 8-bit scale.
 *
 * @param low the sample value that becomes 0, as does all below it
 * @param high the sample value that becomes 255, as does all above it; at least {@code low}
 */
public record ScalingWindow(double low, double high) {

  /**
   * Keeps the quotient defined where both ends are equal: the gap between 1 and the next double.
   */
  private static final double EPSILON = 0x1p-52;

  /**
   * Creates a window.
   *
   * @throws IllegalArgumentException if an end is not a number or {@code high} is below {@code low}
   */
  public ScalingWindow {
    if (!(low <= high)) {
      throw new IllegalArgumentException("no window goes from " + low + " to " + high);
    }
  }

  /**
   * Fills the 8-bit values of all samples that occur in a histogram; the others are left as they
   * are.
   *
   * <p>The arithmetic is that of numpy 1.24 on a float32 array: both ends are computed in double
   * and rounded to float once, the rest is float, and the product with 255 is truncated.
   */
  void fillLookup(Histogram histogram, byte[] lookup) {
    float offset = (float) low;
    float range = (float) ((high - low) + EPSILON);
    for (int value = histogram.min(); value <= histogram.max(); value++) {
      if (histogram.count(value) > 0) {
        float share = (value - offset) / range;
        lookup[value] = (byte) (int) (Math.min(Math.max(share, 0f), 1f) * 255f);
      }
    }
  }
}
