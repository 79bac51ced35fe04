package org.cytobeam.io.tiff;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cytobeam.io.pixels.Raster;

/** 16-bit samples, stored in the file's byte order. */
final class Uint16Plane implements SamplePlane {

  private final int width;
  private final int height;
  private final ByteOrder order;
  private final boolean differenced;
  private final short[] samples;

  Uint16Plane(GreyLayout layout, int rows) {
    this.width = layout.grid().width();
    this.height = rows;
    this.order = layout.order();
    this.differenced = layout.differenced();
    this.samples = new short[width * rows];
  }

  @Override
  public void place(byte[] bytes, int from, int x, int y, int columns) {
    int start = y * width + x;
    int end = start + columns;
    ByteBuffer.wrap(bytes, from, columns * Short.BYTES)
        .order(order)
        .asShortBuffer()
        .get(samples, start, columns);
    if (differenced) {
      for (int i = start + 1; i < end; i++) {
        samples[i] += samples[i - 1];
      }
    }
  }

  @Override
  public Raster raster() {
    return Raster.uint16(width, height, samples);
  }
}
