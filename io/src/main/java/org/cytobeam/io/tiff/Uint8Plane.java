package org.cytobeam.io.tiff;

import org.cytobeam.io.pixels.Raster;

/** 8-bit samples. */
final class Uint8Plane implements SamplePlane {

  private final int width;
  private final int height;
  private final boolean differenced;
  private final boolean inverted;
  private final byte[] samples;

  Uint8Plane(GreyLayout layout, int rows) {
    this.width = layout.grid().width();
    this.height = rows;
    this.differenced = layout.differenced();
    this.inverted = layout.inverted();
    this.samples = new byte[width * rows];
  }

  @Override
  public void place(byte[] bytes, int from, int x, int y, int columns) {
    int start = y * width + x;
    int end = start + columns;
    System.arraycopy(bytes, from, samples, start, columns);
    if (differenced) {
      for (int i = start + 1; i < end; i++) {
        samples[i] += samples[i - 1];
      }
    }
    if (inverted) {
      for (int i = start; i < end; i++) {
        samples[i] = (byte) ~samples[i];
      }
    }
  }

  @Override
  public Raster raster() {
    return Raster.uint8(width, height, samples);
  }
}
