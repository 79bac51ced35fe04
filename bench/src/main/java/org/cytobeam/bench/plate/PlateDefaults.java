package org.cytobeam.bench.plate;

import org.cytobeam.io.pixels.CropBox;

/** What {@code plate} does to an image unless it is told otherwise. */
public final class PlateDefaults {

  /** The percentile that becomes 0; 100 minus it becomes 255. */
  public static final double PERCENTILE = 1;

  private static final int SIDE = 768;

  private PlateDefaults() {}

  /** Returns the centred crop of an image of a size. */
  public static CropBox crop(int width, int height) {
    return CropBox.centred(width, height, SIDE, SIDE);
  }
}
