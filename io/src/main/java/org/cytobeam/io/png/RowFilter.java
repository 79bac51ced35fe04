package org.cytobeam.io.png;

import org.cytobeam.io.pixels.Raster;

/** Applies PNG row filters to the rows of an 8-bit image; outside the image pixels count as 0. */
final class RowFilter {

  private final byte[] pixels;
  private final int width;
  private final byte[] black;
  private final PaethFilter paeth;

  RowFilter(Raster image) {
    this.pixels = image.bytes();
    this.width = image.width();
    this.black = new byte[width];
    this.paeth = new PaethFilter(pixels, width);
  }

  /** Writes the {@code width} filtered bytes of row {@code y}, without the filter byte. */
  void apply(FilterType type, int y, byte[] to, int at) {
    int row = y * width;
    byte[] aboves = y == 0 ? black : pixels;
    int above = y == 0 ? 0 : row - width;
    switch (type) {
      case NONE -> System.arraycopy(pixels, row, to, at, width);
      case SUB -> sub(row, to, at);
      case UP -> up(row, aboves, above, to, at);
      case AVERAGE -> average(row, aboves, above, to, at);
      case PAETH -> paeth.apply(y, to, at);
    }
  }

  private void sub(int row, byte[] to, int at) {
    to[at] = pixels[row];
    for (int x = 1; x < width; x++) {
      to[at + x] = (byte) (pixels[row + x] - pixels[row + x - 1]);
    }
  }

  private void up(int row, byte[] aboves, int above, byte[] to, int at) {
    for (int x = 0; x < width; x++) {
      to[at + x] = (byte) (pixels[row + x] - aboves[above + x]);
    }
  }

  private void average(int row, byte[] aboves, int above, byte[] to, int at) {
    int left = 0;
    for (int x = 0; x < width; x++) {
      int pixel = pixels[row + x] & 0xff;
      to[at + x] = (byte) (pixel - ((left + (aboves[above + x] & 0xff)) >> 1));
      left = pixel;
    }
  }
}
