package org.cytobeam.testing.images;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/**
 * The light of fluorescent cells: paraboloid caps in random places, of exact arithmetic alone so
 * that every machine has the same.
 *
 * @param pixelsPerCell how many pixels of a picture there are for each cell
 * @param leastRadius the radius of the smallest cell, in pixels
 * @param radii how many radii there are, from the least on
 * @param peak the light in the middle of a cell, of a random number from 0 to 1
 */
public record Cells(int pixelsPerCell, int leastRadius, int radii, DoubleUnaryOperator peak) {

  /** Returns rows of light, on a ground of none. */
  public double[][] light(int width, int height, Random random) {
    double[][] light = new double[height][width];
    int cells = 1 + width * height / pixelsPerCell;
    for (int i = 0; i < cells; i++) {
      addTo(light, random);
    }
    return light;
  }

  private void addTo(double[][] light, Random random) {
    int height = light.length;
    int width = light[0].length;
    int radius = leastRadius + random.nextInt(radii);
    int centreX = random.nextInt(width);
    int centreY = random.nextInt(height);
    double peakLight = peak.applyAsDouble(random.nextDouble());
    for (int y = Math.max(0, centreY - radius); y < Math.min(height, centreY + radius); y++) {
      for (int x = Math.max(0, centreX - radius); x < Math.min(width, centreX + radius); x++) {
        int dx = x - centreX;
        int dy = y - centreY;
        double share = 1 - (double) (dx * dx + dy * dy) / (radius * radius);
        light[y][x] += peakLight * Math.max(0, share);
      }
    }
  }
}
