package org.cytobeam.io.png;

import java.util.Random;
import org.cytobeam.io.pixels.Raster;

/** Images of known kinds, made of integers alone, so that they are the same everywhere. */
final class SyntheticImages {

  private SyntheticImages() {}

  static Raster constant(int width, int height, int value) {
    return image(width, height, (x, y) -> value);
  }

  static Raster noise(int width, int height, long seed) {
    Random random = new Random(seed);
    return image(width, height, (x, y) -> random.nextInt(256));
  }

  static Raster ramp(int width, int height) {
    return image(width, height, (x, y) -> (x + y) / 6);
  }

  static Raster checkerboard(int width, int height, int side) {
    return image(width, height, (x, y) -> ((x / side + y / side) & 1) * 255);
  }

  /** Returns a noisy tile over and over. */
  static Raster tiles(int width, int height, long seed) {
    Raster tile = noise(61, 37, seed);
    return image(width, height, (x, y) -> tile.sample(x % 61, y % 37));
  }

  /** Returns discs, each of its own value, on black. */
  static Raster mask(int width, int height, long seed) {
    byte[] pixels = new byte[width * height];
    Random random = new Random(seed);
    for (int cell = 1; cell <= 80; cell++) {
      int value = cell;
      paintDisc(width, height, random, (i, depth) -> pixels[i] = (byte) value);
    }
    return Raster.uint8(width, height, pixels);
  }

  /** Returns bright, noisy discs on a dark, noisy background. */
  static Raster micrograph(int width, int height, int noise, long seed) {
    int[] light = new int[width * height];
    Random random = new Random(seed);
    for (int cell = 0; cell < 80; cell++) {
      int brightness = 40 + random.nextInt(100);
      paintDisc(width, height, random, (i, depth) -> light[i] += brightness * depth / 1000);
    }
    return image(
        width,
        height,
        (x, y) -> {
          int value = 12 + light[y * width + x];
          int deviation = bell(random) * noise * (20 + value / 4) / 2000;
          return Math.max(0, Math.min(255, value + deviation));
        });
  }

  /** Returns about a normal deviate, in hundredths of its deviation. */
  private static int bell(Random random) {
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += random.nextInt(101);
    }
    return sum - 600;
  }

  private static void paintDisc(int width, int height, Random random, DiscPixel pixel) {
    int centreX = random.nextInt(width);
    int centreY = random.nextInt(height);
    int radius = 5 + random.nextInt(30);
    for (int y = Math.max(0, centreY - radius); y < Math.min(height, centreY + radius); y++) {
      for (int x = Math.max(0, centreX - radius); x < Math.min(width, centreX + radius); x++) {
        int squared = (x - centreX) * (x - centreX) + (y - centreY) * (y - centreY);
        int depth = 1000 - 1000 * squared / (radius * radius);
        if (depth > 0) {
          pixel.paint(y * width + x, depth);
        }
      }
    }
  }

  private static Raster image(int width, int height, Shade shade) {
    byte[] pixels = new byte[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) shade.at(i % width, i / width);
    }
    return Raster.uint8(width, height, pixels);
  }

  private interface Shade {
    int at(int x, int y);
  }

  private interface DiscPixel {
    void paint(int index, int depth);
  }
}
