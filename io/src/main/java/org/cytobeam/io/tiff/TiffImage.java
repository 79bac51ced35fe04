package org.cytobeam.io.tiff;

import java.io.IOException;
import java.util.Objects;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.io.pixels.SampleType;

/**
 * A grey page whose size and layout are known and whose pixels are still in the file.
 *
 * <p>All its strips or tiles lie inside the file, so a cut file does not come this far. The source
 * must stay open as long as this is read. For use by one thread at a time.
 */
public final class TiffImage {

  private final ByteRanges source;
  private final TiffDirectory directory;
  private final GreyLayout layout;
  private final BlockTable table;

  TiffImage(ByteRanges source, TiffDirectory directory, GreyLayout layout, BlockTable table) {
    this.source = source;
    this.directory = directory;
    this.layout = layout;
    this.table = table;
  }

  /** Returns the number of columns. */
  public int width() {
    return layout.grid().width();
  }

  /** Returns the number of rows. */
  public int height() {
    return layout.grid().height();
  }

  /** Returns the type of each sample. */
  public SampleType type() {
    return layout.type();
  }

  /** Returns the page's directory, to read other tags from. */
  public TiffDirectory directory() {
    return directory;
  }

  /**
   * Decodes all rows.
   *
   * @throws ImageException if a strip or tile can't be decoded
   */
  public Raster read() throws IOException {
    return readRows(0, height());
  }

  /**
   * Decodes some rows; strips and tiles that have none of them are neither fetched nor decoded.
   *
   * @param firstRow the first row, counted from 0
   * @param rowCount how many rows, at least 1
   * @return as many rows as asked for, of the image's full width
   * @throws ImageException if a strip or tile that has some of them can't be decoded
   * @throws IndexOutOfBoundsException if the image does not have these rows
   */
  public Raster readRows(int firstRow, int rowCount) throws IOException {
    Objects.checkFromIndexSize(firstRow, rowCount, height());
    if (rowCount == 0) {
      throw new IllegalArgumentException("no row is asked for");
    }
    try (BlockReader reader = BlockReader.of(source, layout, table, firstRow, rowCount)) {
      return reader.read();
    }
  }
}
