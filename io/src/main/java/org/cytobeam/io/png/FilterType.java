package org.cytobeam.io.png;

/** The five PNG row filters (PNG specification §9.2); a constant's ordinal is its filter byte. */
enum FilterType {
  /** The pixel itself. */
  NONE,
  /** The difference from the pixel to the left. */
  SUB,
  /** The difference from the pixel above. */
  UP,
  /** The difference from the mean of left and above, rounded down. */
  AVERAGE,
  /** The difference from whichever of left, above and above left is nearest to their plane. */
  PAETH
}
