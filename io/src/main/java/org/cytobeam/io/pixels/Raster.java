package org.cytobeam.io.pixels;

/**
 * One plane of unsigned grey samples, row by row from the top left.
 *
 * <p>The sample array is shared with whoever made the raster and is not copied: whoever holds a
 * raster must not write to it.
 */
public final class Raster {

  private final int width;
  private final int height;
  private final SampleType type;
  private final Object samples;

  private Raster(int width, int height, SampleType type, Object samples, int length) {
    if (width <= 0 || height <= 0 || (long) width * height != length) {
      throw new IllegalArgumentException(
          length + " samples can't be " + width + " columns × " + height + " rows");
    }
    this.width = width;
    this.height = height;
    this.type = type;
    this.samples = samples;
  }

  /** Returns a raster over 8-bit samples; {@code samples.length} is {@code width * height}. */
  public static Raster uint8(int width, int height, byte[] samples) {
    return new Raster(width, height, SampleType.UINT8, samples, samples.length);
  }

  /** Returns a raster over 16-bit samples; {@code samples.length} is {@code width * height}. */
  public static Raster uint16(int width, int height, short[] samples) {
    return new Raster(width, height, SampleType.UINT16, samples, samples.length);
  }

  /** Returns the number of columns. */
  public int width() {
    return width;
  }

  /** Returns the number of rows. */
  public int height() {
    return height;
  }

  /** Returns the type of each sample. */
  public SampleType type() {
    return type;
  }

  /** Returns the samples themselves, to be read as unsigned; the type must be UINT8. */
  public byte[] bytes() {
    return (byte[]) samples;
  }

  /** Returns the samples themselves, to be read as unsigned; the type must be UINT16. */
  public short[] shorts() {
    return (short[]) samples;
  }

  /** Returns the sample at a column and a row, counted from 0. */
  public int sample(int x, int y) {
    int i = Math.addExact(Math.multiplyExact(y, width), x);
    return type == SampleType.UINT8 ? bytes()[i] & 0xff : shorts()[i] & 0xffff;
  }
}
