package org.cytobeam.io.pixels;

/** How often each sample value occurs in a part of a raster: exact, one bin a value. */
final class Histogram {

  private final int[] counts;
  private final int total;
  private final int min;
  private final int max;

  private Histogram(int[] counts, int total) {
    this.counts = counts;
    this.total = total;
    int first = 0;
    while (counts[first] == 0) {
      first++;
    }
    int last = counts.length - 1;
    while (counts[last] == 0) {
      last--;
    }
    this.min = first;
    this.max = last;
  }

  /** Counts the samples of a raster inside a box, which must fit in it. */
  static Histogram of(Raster raster, CropBox box) {
    int[] counts =
        switch (raster.type()) {
          case UINT8 -> countBytes(raster, box);
          case UINT16 -> countShorts(raster, box);
        };
    return new Histogram(counts, box.width() * box.height());
  }

  private static int[] countBytes(Raster raster, CropBox box) {
    int[] counts = new int[1 << Byte.SIZE];
    byte[] samples = raster.bytes();
    for (int y = 0; y < box.height(); y++) {
      int start = (box.y() + y) * raster.width() + box.x();
      for (int i = start; i < start + box.width(); i++) {
        counts[samples[i] & 0xff]++;
      }
    }
    return counts;
  }

  private static int[] countShorts(Raster raster, CropBox box) {
    int[] counts = new int[1 << Short.SIZE];
    short[] samples = raster.shorts();
    for (int y = 0; y < box.height(); y++) {
      int start = (box.y() + y) * raster.width() + box.x();
      for (int i = start; i < start + box.width(); i++) {
        counts[samples[i] & 0xffff]++;
      }
    }
    return counts;
  }

  /** Returns the number of values that a sample may have. */
  int bins() {
    return counts.length;
  }

  /** Returns how often a value occurs. */
  int count(int value) {
    return counts[value];
  }

  /** Returns the smallest value that occurs. */
  int min() {
    return min;
  }

  /** Returns the largest value that occurs. */
  int max() {
    return max;
  }

  /**
   * Returns the percentile {@code q}, 0 to 100, interpolated linearly between the two nearest
   * ranks.
   *
   * <p>Each operation is that of numpy 1.24's default method, in the same order, so that the result
   * has the same bits.
   */
  double percentile(double q) {
    double rank = (total - 1) * (q / 100);
    int below = (int) rank;
    double fraction = rank - below;
    int lower = min;
    int seen = counts[lower];
    while (seen <= below) {
      seen += counts[++lower];
    }
    int upper = lower;
    if (seen == below + 1 && seen < total) {
      do {
        upper++;
      } while (counts[upper] == 0);
    }
    int step = upper - lower;
    return fraction < 0.5 ? lower + step * fraction : upper - step * (1 - fraction);
  }
}
