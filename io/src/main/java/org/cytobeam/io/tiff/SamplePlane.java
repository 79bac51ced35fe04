package org.cytobeam.io.tiff;

import org.cytobeam.io.pixels.Raster;

/** The samples of a raster while it is being filled from decompressed blocks. */
interface SamplePlane {

  /**
   * Places the first samples of one row of a block, undoing differences and inversion.
   *
   * @param bytes samples as the file stores them
   * @param from where the row starts in {@code bytes}
   * @param x column of the first sample
   * @param y row of the samples, counted from the first row of the raster
   * @param columns number of samples
   */
  void place(byte[] bytes, int from, int x, int y, int columns);

  /** Returns the raster over the samples placed so far. */
  Raster raster();

  /** Returns an empty plane for some rows of a page. */
  static SamplePlane of(GreyLayout layout, int rows) {
    return switch (layout.type()) {
      case UINT8 -> new Uint8Plane(layout, rows);
      case UINT16 -> new Uint16Plane(layout, rows);
    };
  }
}
