package org.cytobeam.direct.plate;

import java.util.Arrays;

/**
 * What must come out of an image, by the rule as numpy 1.24 carries it out: crop, sort, interpolate
 * linearly between ranks, then subtract, divide, clip, multiply and truncate in float32. Slow, and
 * shares nothing with what it is compared with.
 */
final class ReferenceScaling {

  private ReferenceScaling() {}

  /** Returns the 8-bit samples, row by row, of a centred crop; 0 keeps an axis whole. */
  static byte[] of(int[][] rows, double percentile, int cropWidth, int cropHeight) {
    int height = rows.length;
    int width = rows[0].length;
    int h = cropHeight <= 0 || cropHeight > height ? height : cropHeight;
    int w = cropWidth <= 0 || cropWidth > width ? width : cropWidth;
    int top = height / 2 - h / 2;
    int left = width / 2 - w / 2;
    int[] crop = new int[w * h];
    for (int i = 0; i < crop.length; i++) {
      crop[i] = rows[top + i / w][left + i % w];
    }
    return scaled(crop, percentile);
  }

  private static byte[] scaled(int[] crop, double percentile) {
    int[] sorted = crop.clone();
    Arrays.sort(sorted);
    double low = rank(sorted, percentile / 100 * (sorted.length - 1));
    double high = rank(sorted, (100 - percentile) / 100 * (sorted.length - 1));
    float range = (float) (high - low + Math.ulp(1.0));
    byte[] scaled = new byte[crop.length];
    for (int i = 0; i < crop.length; i++) {
      float share = ((float) crop[i] - (float) low) / range;
      scaled[i] = (byte) (int) (Math.min(1, Math.max(0, share)) * 255f);
    }
    return scaled;
  }

  private static double rank(int[] sorted, double rank) {
    int below = (int) rank;
    double a = sorted[below];
    double b = sorted[Math.min(below + 1, sorted.length - 1)];
    double t = rank - below;
    return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
  }
}
