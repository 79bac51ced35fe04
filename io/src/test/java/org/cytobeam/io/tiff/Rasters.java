package org.cytobeam.io.tiff;

import org.cytobeam.io.pixels.Raster;

/** Rasters as rows of samples, to compare. */
final class Rasters {

  private Rasters() {}

  static int[][] rows(Raster raster) {
    int[][] rows = new int[raster.height()][raster.width()];
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < rows[y].length; x++) {
        rows[y][x] = raster.sample(x, y);
      }
    }
    return rows;
  }
}
