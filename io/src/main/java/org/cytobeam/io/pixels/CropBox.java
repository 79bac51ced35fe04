package org.cytobeam.io.pixels;

/**
 * A rectangle of pixels inside an image.
 *
 * @param x the column of the left edge, counted from 0
 * @param y the row of the upper edge, counted from 0
 * @param width the number of columns, at least 1
 * @param height the number of rows, at least 1
 */
public record CropBox(int x, int y, int width, int height) {

  /**
   * Creates a box.
   *
   * @throws IllegalArgumentException if the box is empty, starts left of or above the image, or
   *     ends beyond the largest {@code int}
   */
  public CropBox {
    if (x < 0 || y < 0 || width <= 0 || height <= 0) {
      throw new IllegalArgumentException(
          width + " × " + height + " pixels at (" + x + ", " + y + ") are no crop box");
    }
    if ((long) x + width > Integer.MAX_VALUE || (long) y + height > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("the crop box ends beyond the largest image");
    }
  }

  /**
   * Returns the centred box of a wanted size.
   *
   * <p>Along each axis the box starts at ⌊size/2⌋ − ⌊wanted/2⌋: an odd box in an even image lies
   * one pixel towards the end, an even box in an odd image one pixel towards the start. An axis is
   * kept whole where the wanted size is 0, negative or larger than the image.
   */
  public static CropBox centred(
      int imageWidth, int imageHeight, int wantedWidth, int wantedHeight) {
    int width = extent(imageWidth, wantedWidth);
    int height = extent(imageHeight, wantedHeight);
    return new CropBox(start(imageWidth, width), start(imageHeight, height), width, height);
  }

  private static int extent(int size, int wanted) {
    return wanted <= 0 || wanted > size ? size : wanted;
  }

  private static int start(int size, int extent) {
    return size / 2 - extent / 2;
  }

  /** Returns whether all of the box lies inside an image of this size. */
  public boolean fits(int imageWidth, int imageHeight) {
    return x + width <= imageWidth && y + height <= imageHeight;
  }
}
