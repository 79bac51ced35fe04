package org.cytobeam.io.pixels;

import java.util.Arrays;

/**
 * The scaling rule as numpy 1.24 carries it out, step by step on arrays: sort, interpolate, then
 * subtract, divide, clip, multiply and truncate in float32. Slow, and shares no code with what it
 * is compared with.
 */
final class NumpyScaling {

  private final int[] crop;
  private final int[] sorted;

  NumpyScaling(Raster raster, CropBox box) {
    crop = new int[box.width() * box.height()];
    for (int i = 0; i < crop.length; i++) {
      crop[i] = raster.sample(box.x() + i % box.width(), box.y() + i / box.width());
    }
    sorted = crop.clone();
    Arrays.sort(sorted);
  }

  double percentile(double q) {
    double quantile = q / 100.0;
    double virtualIndex = (sorted.length - 1) * quantile;
    double previousIndex = Math.floor(virtualIndex);
    double nextIndex = previousIndex + 1;
    if (virtualIndex >= sorted.length - 1) {
      return sorted[sorted.length - 1];
    }
    double gamma = virtualIndex - previousIndex;
    double a = sorted[(int) previousIndex];
    double b = sorted[(int) nextIndex];
    double difference = b - a;
    double interpolated = a + difference * gamma;
    if (gamma >= 0.5) {
      interpolated = b - difference * (1 - gamma);
    }
    return interpolated;
  }

  byte[] scaled(double p) {
    double low = percentile(p);
    double high = percentile(100 - p);
    float lowAsFloat = (float) low;
    float rangeAsFloat = (float) ((high - low) + Math.ulp(1.0));
    byte[] scaled = new byte[crop.length];
    for (int i = 0; i < crop.length; i++) {
      float share = ((float) crop[i] - lowAsFloat) / rangeAsFloat;
      if (share < 0) {
        share = 0;
      }
      if (share > 1) {
        share = 1;
      }
      scaled[i] = (byte) (int) Math.floor(share * 255f);
    }
    return scaled;
  }
}
