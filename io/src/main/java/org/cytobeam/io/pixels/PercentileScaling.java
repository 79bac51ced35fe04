package org.cytobeam.io.pixels;

/**
 * Cropping, then stretching the samples between two percentiles of the crop over 8 bits.
 *
 * <p>With <i>lo</i> and <i>hi</i> the percentiles {@code p} and {@code 100 − p} of the crop, a
 * sample <i>v</i> becomes ⌊255 · (<i>v</i> − <i>lo</i>) / (<i>hi</i> − <i>lo</i> + 2⁻⁵²)⌋, clipped
 * to 0…255. Percentiles are interpolated linearly between ranks. Both 8-bit and 16-bit images are
 * stretched. A constant image becomes 0 everywhere.
 *
 * <p>Every pixel equals what numpy 1.24 computes by {@code percentile} on float32 samples; numpy 2
 * rounds the percentiles to float32 and differs in a few pixels.
 *
 * @param percentile the share of samples to saturate at either end, in percent, 0 to 50
 */
public record PercentileScaling(double percentile) {

  /**
   * Creates a scaling.
   *
   * @throws IllegalArgumentException if the percentile is not from 0 to 50
   */
  public PercentileScaling {
    if (!(percentile >= 0 && percentile <= 50)) {
      throw new IllegalArgumentException("percentile " + percentile + " is not from 0 to 50");
    }
  }

  /**
   * Crops and scales a whole image. The image is only read; the result shares nothing with it.
   *
   * @throws IllegalArgumentException if the box doesn't fit in the image
   */
  public ScaledImage apply(Raster image, CropBox crop) {
    return apply(image, 0, crop);
  }

  /**
   * Crops and scales an image of which only some rows are at hand.
   *
   * @param rows consecutive rows of the image, in their whole width
   * @param firstRow the row of the image that {@code rows} starts with
   * @param crop the part of the image to keep, in the image's own columns and rows
   * @throws IllegalArgumentException if a row or column of the box is not at hand
   */
  public ScaledImage apply(Raster rows, int firstRow, CropBox crop) {
    if (firstRow < 0 || crop.y() < firstRow) {
      throw new IllegalArgumentException(crop + " starts above row " + firstRow);
    }
    CropBox box = new CropBox(crop.x(), crop.y() - firstRow, crop.width(), crop.height());
    if (!box.fits(rows.width(), rows.height())) {
      throw new IllegalArgumentException(
          crop + " does not fit in " + rows.width() + " × " + rows.height() + " pixels");
    }
    Histogram histogram = Histogram.of(rows, box);
    ScalingWindow window =
        new ScalingWindow(histogram.percentile(percentile), histogram.percentile(100 - percentile));
    byte[] lookup = new byte[histogram.bins()];
    window.fillLookup(histogram, lookup);
    Raster pixels = Raster.uint8(box.width(), box.height(), map(rows, box, lookup));
    return new ScaledImage(pixels, crop, window, histogram.min(), histogram.max());
  }

  private static byte[] map(Raster raster, CropBox box, byte[] lookup) {
    return switch (raster.type()) {
      case UINT8 -> mapBytes(raster, box, lookup);
      case UINT16 -> mapShorts(raster, box, lookup);
    };
  }

  private static byte[] mapBytes(Raster raster, CropBox box, byte[] lookup) {
    byte[] samples = raster.bytes();
    byte[] mapped = new byte[box.width() * box.height()];
    int to = 0;
    for (int y = 0; y < box.height(); y++) {
      int start = (box.y() + y) * raster.width() + box.x();
      for (int i = start; i < start + box.width(); i++) {
        mapped[to++] = lookup[samples[i] & 0xff];
      }
    }
    return mapped;
  }

  private static byte[] mapShorts(Raster raster, CropBox box, byte[] lookup) {
    short[] samples = raster.shorts();
    byte[] mapped = new byte[box.width() * box.height()];
    int to = 0;
    for (int y = 0; y < box.height(); y++) {
      int start = (box.y() + y) * raster.width() + box.x();
      for (int i = start; i < start + box.width(); i++) {
        mapped[to++] = lookup[samples[i] & 0xffff];
      }
    }
    return mapped;
  }
}
