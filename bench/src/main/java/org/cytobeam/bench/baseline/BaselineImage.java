package org.cytobeam.bench.baseline;

import java.io.IOException;
import org.cytobeam.bench.plate.PlateDefaults;
import org.cytobeam.io.pixels.CropBox;
import org.cytobeam.io.pixels.Raster;

/** All that is done to one image, as the libraries do it: decode, crop and scale, encode. */
public final class BaselineImage {

  private BaselineImage() {}

  /** Returns the 8-bit crop of a TIFF. */
  public static Raster scaled(byte[] tiff) throws IOException {
    Raster image = CommonsImagingTiff.decode(tiff);
    CropBox box = PlateDefaults.crop(image.width(), image.height());
    return SortedScaling.apply(image, box, PlateDefaults.PERCENTILE);
  }

  /** Returns the PNG of a TIFF. */
  public static byte[] png(byte[] tiff) throws IOException {
    return ImageIoPng.encode(scaled(tiff));
  }
}
