package org.cytobeam.testing.images;

import java.util.Arrays;
import java.util.Random;

/**
 * Synthetic pictures as rows of samples; the same arguments give the same samples on every machine.
 */
public final class Pictures {

  private static final Cells CELLS = new Cells(2_000, 2, 20, random -> 0.1 + 0.6 * random);
  private static final double NOISE = 0.01;

  private Pictures() {}

  /** Returns a picture of one value. */
  public static int[][] constant(int width, int height, int value) {
    int[][] rows = new int[height][width];
    for (int[] row : rows) {
      Arrays.fill(row, value);
    }
    return rows;
  }

  /** Returns a picture that counts up from 0 along its rows, and begins again after {@code max}. */
  public static int[][] ramp(int width, int height, int max) {
    int[][] rows = new int[height][width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        rows[y][x] = (int) (((long) y * width + x) % (max + 1L));
      }
    }
    return rows;
  }

  /** Returns a picture in which each sample from 0 to {@code max} is as likely as any other. */
  public static int[][] noise(int width, int height, int max, long seed) {
    Random random = new Random(seed);
    int[][] rows = new int[height][width];
    for (int[] row : rows) {
      for (int x = 0; x < width; x++) {
        row[x] = random.nextInt(max + 1);
      }
    }
    return rows;
  }

  /** Returns what fluorescence looks like: bright blobs on a dark ground, and noise over all. */
  public static int[][] micrograph(int width, int height, int max, long seed) {
    Random random = new Random(seed);
    double[][] light = CELLS.light(width, height, random);
    int[][] rows = new int[height][width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double noisy = 0.05 + light[y][x] + NOISE * random.nextGaussian();
        rows[y][x] = (int) Math.max(0, Math.min(max, noisy * max));
      }
    }
    return rows;
  }
}
