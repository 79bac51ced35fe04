package org.cytobeam.io.png;

import java.util.Arrays;

/**
 * The Paeth filter (PNG specification §9.4): predicts each pixel by whichever of left, above and
 * above left is nearest to left + above − above left; of equals, the first named.
 *
 * <p>A row goes through several loops, each simple enough for the JIT to make vector instructions
 * of, without branches, as on noise they can't be foretold. One loop for all takes twice as long.
 */
final class PaethFilter {

  private final byte[] pixels;
  private final int width;
  private int[] row;
  private int[] left;
  private int[] up;
  private int[] upLeft;
  private int rowNumber = -1;
  private final int[] toLeft;
  private final int[] toUp;
  private final int[] toUpLeft;
  private final int[] nearest;
  private final int[] residuals;

  PaethFilter(byte[] pixels, int width) {
    this.pixels = pixels;
    this.width = width;
    row = new int[width];
    left = new int[width];
    up = new int[width];
    upLeft = new int[width];
    toLeft = new int[width];
    toUp = new int[width];
    toUpLeft = new int[width];
    nearest = new int[width];
    residuals = new int[width];
  }

  /** Writes the filtered bytes of row {@code y}; fastest where the row before came last. */
  void apply(int y, byte[] to, int at) {
    if (rowNumber != y - 1) {
      load(y - 1);
    }
    int[] above = row;
    row = up;
    up = above;
    int[] aboveLeft = left;
    left = upLeft;
    upLeft = aboveLeft;
    load(y);
    distances(up, upLeft, toLeft);
    distances(left, upLeft, toUp);
    distancesOfBoth(left, up, upLeft, toUpLeft);
    chooseFromAbove(up, upLeft, toUp, toUpLeft, nearest);
    chooseLeft(left, toLeft, toUp, toUpLeft, nearest);
    subtract(row, nearest, residuals);
    for (int x = 0; x < width; x++) {
      to[at + x] = (byte) residuals[x];
    }
  }

  private void load(int y) {
    if (y < 0) {
      Arrays.fill(row, 0);
      Arrays.fill(left, 0);
    } else {
      int start = y * width;
      for (int x = 0; x < width; x++) {
        row[x] = pixels[start + x] & 0xff;
      }
      System.arraycopy(row, 0, left, 1, width - 1);
      left[0] = 0;
    }
    rowNumber = y;
  }

  private static void distances(int[] pixels, int[] upLeft, int[] distances) {
    for (int x = 0; x < distances.length; x++) {
      distances[x] = Math.abs(pixels[x] - upLeft[x]);
    }
  }

  private static void distancesOfBoth(int[] left, int[] up, int[] upLeft, int[] distances) {
    for (int x = 0; x < distances.length; x++) {
      distances[x] = Math.abs(left[x] + up[x] - 2 * upLeft[x]);
    }
  }

  private static void chooseFromAbove(
      int[] up, int[] upLeft, int[] toUp, int[] toUpLeft, int[] nearest) {
    for (int x = 0; x < nearest.length; x++) {
      int upIsBeaten = (toUpLeft[x] - toUp[x]) >> 31;
      nearest[x] = up[x] ^ ((up[x] ^ upLeft[x]) & upIsBeaten);
    }
  }

  private static void chooseLeft(
      int[] left, int[] toLeft, int[] toUp, int[] toUpLeft, int[] nearest) {
    for (int x = 0; x < nearest.length; x++) {
      int leftIsBeaten = ((toUp[x] - toLeft[x]) | (toUpLeft[x] - toLeft[x])) >> 31;
      nearest[x] = left[x] ^ ((left[x] ^ nearest[x]) & leftIsBeaten);
    }
  }

  private static void subtract(int[] row, int[] predicted, int[] residuals) {
    for (int x = 0; x < residuals.length; x++) {
      residuals[x] = row[x] - predicted[x];
    }
  }
}
