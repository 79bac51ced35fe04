package org.cytobeam.io.pixels;

/** What one sample of a {@link Raster} is. */
public enum SampleType {
  /** Unsigned, 8 bits: 0 to 255. */
  UINT8(1),
  /** Unsigned, 16 bits: 0 to 65,535. */
  UINT16(2);

  private final int bytes;

  SampleType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns how many bytes a sample takes. */
  public int bytes() {
    return bytes;
  }
}
