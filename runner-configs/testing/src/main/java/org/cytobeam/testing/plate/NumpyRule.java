package org.cytobeam.testing.plate;

import java.util.Arrays;

/**
 * Crop and scaling as numpy 1.24 carries them out, step by step: slow, and without any of the code
 * that it is compared with.
 */
public final class NumpyRule {

  private NumpyRule() {}

  /** Returns the pixels, row by row, of a centred crop scaled between percentiles p and 100 - p. */
  public static byte[] apply(int[][] rows, int width, int height, double p) {
    int[] crop = crop(rows, width, height);
    int[] sorted = crop.clone();
    Arrays.sort(sorted);
    double low = percentile(sorted, p);
    double high = percentile(sorted, 100 - p);
    float subtrahend = (float) low;
    float divisor = (float) (high - low + 2.220446049250313e-16);
    byte[] scaled = new byte[crop.length];
    for (int i = 0; i < crop.length; i++) {
      float share = (crop[i] - subtrahend) / divisor;
      scaled[i] = (byte) (int) (Math.min(1f, Math.max(0f, share)) * 255f);
    }
    return scaled;
  }

  private static int[] crop(int[][] rows, int width, int height) {
    int w = width == 0 || width > rows[0].length ? rows[0].length : width;
    int h = height == 0 || height > rows.length ? rows.length : height;
    int left = rows[0].length / 2 - w / 2;
    int top = rows.length / 2 - h / 2;
    int[] crop = new int[w * h];
    for (int i = 0; i < crop.length; i++) {
      crop[i] = rows[top + i / w][left + i % w];
    }
    return crop;
  }

  private static double percentile(int[] sorted, double q) {
    double rank = q / 100 * (sorted.length - 1);
    int below = (int) Math.floor(rank);
    int above = Math.min(below + 1, sorted.length - 1);
    double t = rank - below;
    double step = sorted[above] - sorted[below];
    return t < 0.5 ? sorted[below] + step * t : sorted[above] - step * (1 - t);
  }
}
