package org.cytobeam.io.png;

/** The five PNG row filters (PNG specification §9.2); each with its filter byte. */
enum FilterType {
  /** The pixel itself. */
  NONE(0),
  /** The difference from the pixel to the left. */
  SUB(1),
  /** The difference from the pixel above. */
  UP(2),
  /** The difference from the mean of left and above, rounded down. */
  AVERAGE(3),
  /** The difference from whichever of left, above and above left is nearest to their plane. */
  PAETH(4);

  private final byte code;

  FilterType(int code) {
    this.code = (byte) code;
  }

  /** Returns the byte that stands before each row filtered so. */
  byte code() {
    return code;
  }
}
