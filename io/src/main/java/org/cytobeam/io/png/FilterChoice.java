package org.cytobeam.io.png;

import org.cytobeam.io.pixels.Raster;

/**
 * Chooses one row filter for a whole image: the one whose residuals, in a sample of the rows, take
 * the fewest bits in a Huffman code of their own.
 *
 * <p>On micrographs noise rules every row, so that the best filter is the same all over; what a
 * choice for each row would gain is less than 1 % of the file.
 */
final class FilterChoice {

  private static final int SAMPLED_ROWS = 16;

  /**
   * 2³² divided by the golden ratio: its multiples are spread evenly, yet in step with no pattern.
   */
  private static final long GOLDEN = 0x9E3779B9L;

  private FilterChoice() {}

  /** Returns the filter that suits an 8-bit image best. */
  static FilterType of(Raster image) {
    RowFilter filter = new RowFilter(image);
    FilterType best = FilterType.NONE;
    long fewest = Long.MAX_VALUE;
    for (FilterType type : FilterType.values()) {
      long bits = sampledBits(filter, type, image);
      if (bits < fewest) {
        fewest = bits;
        best = type;
      }
    }
    return best;
  }

  private static long sampledBits(RowFilter filter, FilterType type, Raster image) {
    int width = image.width();
    int rows = Math.min(image.height(), SAMPLED_ROWS);
    byte[] residuals = new byte[rows * width];
    for (int i = 0; i < rows; i++) {
      filter.apply(type, sampledRow(i, image.height()), residuals, i * width);
    }
    int[] frequencies = ByteFrequencies.of(residuals, 0, residuals.length);
    return HuffmanCode.of(frequencies, HuffmanCode.LONGEST).bits(frequencies);
  }

  private static int sampledRow(int i, int height) {
    return height <= SAMPLED_ROWS ? i : (int) ((((i * GOLDEN) & 0xffff_ffffL) * height) >>> 32);
  }
}
