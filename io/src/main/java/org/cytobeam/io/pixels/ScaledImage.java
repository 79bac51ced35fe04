package org.cytobeam.io.pixels;

/**
 * An image cropped and scaled to 8 bits, with what was decided on the way.
 *
 * @param pixels the 8-bit pixels of the crop
 * @param crop the part of the image that the pixels show, in the image's own columns and rows
 * @param window the samples that became 0 and 255
 * @param min the smallest sample of the crop before scaling
 * @param max the largest sample of the crop before scaling
 */
public record ScaledImage(Raster pixels, CropBox crop, ScalingWindow window, int min, int max) {

  /** Returns whether every sample of the crop is the same, so that the picture shows nothing. */
  public boolean isConstant() {
    return min == max;
  }
}
