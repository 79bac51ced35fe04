package org.cytobeam.io.png;

import java.util.Arrays;

/**
 * The Paeth filter (PNG specification §9.4): predicts each pixel by whichever of left, above and
 * above left is nearest to left + above − above left; of equals, the first named.
 *
 * <p>A row goes through two loops, each with one array to write and simple enough for the JIT to
 * make vector instructions of, without branches, as on noise they can't be foretold. One loop for
 * all is not made so, and takes four times as long.
 */
final class PaethFilter {

  private final byte[] pixels;
  private final int width;
  private int[] row;
  private int[] left;
  private int[] up;
  private int[] upLeft;
  private int rowNumber = -1;
  private final int[] fromAbove;
  private final int[] residuals;

  PaethFilter(byte[] pixels, int width) {
    this.pixels = pixels;
    this.width = width;
    row = new int[width];
    left = new int[width];
    up = new int[width];
    upLeft = new int[width];
    fromAbove = new int[width];
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
    chooseFromAbove(left, up, upLeft, fromAbove);
    subtractNearest(row, left, up, upLeft, fromAbove, residuals);
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

  /** Chooses the nearer of the pixels above and above left. */
  private static void chooseFromAbove(int[] left, int[] up, int[] upLeft, int[] fromAbove) {
    for (int x = 0; x < fromAbove.length; x++) {
      int toUp = Math.abs(left[x] - upLeft[x]);
      int toUpLeft = Math.abs(left[x] + up[x] - 2 * upLeft[x]);
      int upIsBeaten = (toUpLeft - toUp) >> 31;
      fromAbove[x] = up[x] ^ ((up[x] ^ upLeft[x]) & upIsBeaten);
    }
  }

  /** Subtracts the pixel on the left or the nearer of those above, whichever is nearest. */
  private static void subtractNearest(
      int[] row, int[] left, int[] up, int[] upLeft, int[] fromAbove, int[] residuals) {
    for (int x = 0; x < residuals.length; x++) {
      int toLeft = Math.abs(up[x] - upLeft[x]);
      int toUp = Math.abs(left[x] - upLeft[x]);
      int toUpLeft = Math.abs(left[x] + up[x] - 2 * upLeft[x]);
      int leftIsBeaten = ((toUp - toLeft) | (toUpLeft - toLeft)) >> 31;
      residuals[x] = row[x] - (left[x] ^ ((left[x] ^ fromAbove[x]) & leftIsBeaten));
    }
  }
}
