package org.cytobeam.bench.baseline;

import java.util.Arrays;
import org.cytobeam.io.pixels.CropBox;
import org.cytobeam.io.pixels.Raster;

/**
 * The scaling as numpy carries it out: copy the crop, sort a copy of it, interpolate two
 * percentiles, then subtract, divide, clip, multiply and truncate in float32.
 */
public final class SortedScaling {

  private SortedScaling() {}

  /** Crops, and stretches the samples between the percentiles p and 100 − p over 8 bits. */
  public static Raster apply(Raster image, CropBox box, double p) {
    int[] crop = crop(image, box);
    int[] sorted = crop.clone();
    Arrays.sort(sorted);
    double low = percentile(sorted, p);
    double high = percentile(sorted, 100 - p);
    float lowAsFloat = (float) low;
    float rangeAsFloat = (float) (high - low + Math.ulp(1.0));
    byte[] scaled = new byte[crop.length];
    for (int i = 0; i < crop.length; i++) {
      float share = (crop[i] - lowAsFloat) / rangeAsFloat;
      scaled[i] = (byte) (int) (Math.max(0f, Math.min(1f, share)) * 255f);
    }
    return Raster.uint8(box.width(), box.height(), scaled);
  }

  private static int[] crop(Raster image, CropBox box) {
    short[] samples = image.shorts();
    int[] crop = new int[box.width() * box.height()];
    for (int y = 0; y < box.height(); y++) {
      int row = (box.y() + y) * image.width() + box.x();
      for (int x = 0; x < box.width(); x++) {
        crop[y * box.width() + x] = Short.toUnsignedInt(samples[row + x]);
      }
    }
    return crop;
  }

  private static double percentile(int[] sorted, double q) {
    double rank = (sorted.length - 1) * (q / 100);
    int below = (int) Math.floor(rank);
    if (below >= sorted.length - 1) {
      return sorted[sorted.length - 1];
    }
    double share = rank - below;
    double step = sorted[below + 1] - sorted[below];
    return share >= 0.5 ? sorted[below + 1] - step * (1 - share) : sorted[below] + step * share;
  }
}
