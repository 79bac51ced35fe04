package org.cytobeam.bench.images;

import java.util.Random;
import org.cytobeam.testing.images.Cells;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.images.TiffCompression;

/**
 * Images like those of a fluorescence microscope: cells on a ground that is not quite dark, and the
 * noise of counted photons, whose deviation is the root of the light.
 *
 * <p>The ground and the gain are chosen so that 1080 × 1080 pixels become about as many bytes as
 * the files of the JUMP data, 2.3 to 2.9 MB by LZW, and their PNGs as many as theirs. The same
 * arguments give the same samples on every machine.
 */
final class SyntheticImages {

  private static final double GROUND = 500;
  private static final double BRIGHTEST = 20_000;
  private static final Cells CELLS = new Cells(3_500, 10, 40, random -> BRIGHTEST * (0.1 + random));
  private static final double LARGEST = 65_535;

  /** The deviation of the noise where the light is 1. */
  private static final double GAIN = 1.5;

  private SyntheticImages() {}

  /** Returns rows of samples; each seed has its own cells and noise. */
  static int[][] micrograph(int width, int height, long seed) {
    Random random = new Random(seed);
    double[][] light = CELLS.light(width, height, random);
    int[][] rows = new int[height][width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double mean = GROUND + light[y][x];
        double sample = mean + GAIN * Math.sqrt(mean) * random.nextGaussian();
        rows[y][x] = (int) Math.max(0, Math.min(LARGEST, sample));
      }
    }
    return rows;
  }

  /** Returns a TIFF with one LZW strip of them, as the microscopes of the JUMP data write it. */
  static byte[] lzw(int[][] rows) {
    return TiffBuilder.uint16(rows).compression(TiffCompression.LZW).build();
  }
}
