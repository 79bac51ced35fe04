package org.cytobeam.io.tiff;

import java.io.IOException;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.Raster;

/**
 * Reads the blocks that some rows of a page touch, and no others.
 *
 * <p>Of each block a stretch of bytes is wanted; stretches that follow each other in the file are
 * fetched together.
 */
abstract sealed class BlockReader implements AutoCloseable
    permits StoredBlockReader, CompressedBlockReader {

  /**
   * How many bytes of neighbouring blocks are fetched together; a larger block is fetched alone.
   */
  static final int FETCHED_AT_ONCE = 1 << 20;

  final BlockTable table;
  final int rowBytes;
  private final ByteRanges source;
  private final GreyLayout layout;
  private final BlockGrid grid;
  private final int firstRow;
  private final int endRow;
  private final SamplePlane plane;
  private ByteRanges.Slice fetched = new ByteRanges.Slice(new byte[0], 0);
  private long fetchedFrom;
  private int fetchedLength;

  BlockReader(ByteRanges source, GreyLayout layout, BlockTable table, int firstRow, int rowCount) {
    this.source = source;
    this.layout = layout;
    this.grid = layout.grid();
    this.table = table;
    this.rowBytes = layout.rowBytes();
    this.firstRow = firstRow;
    this.endRow = firstRow + rowCount;
    this.plane = SamplePlane.of(layout, rowCount);
  }

  /** Returns a reader of {@code rowCount} rows from {@code firstRow} on. */
  static BlockReader of(
      ByteRanges source, GreyLayout layout, BlockTable table, int firstRow, int rowCount) {
    return layout.compression() == Compression.NONE
        ? new StoredBlockReader(source, layout, table, firstRow, rowCount)
        : new CompressedBlockReader(source, layout, table, firstRow, rowCount);
  }

  /** Returns the rows. */
  final Raster read() throws IOException {
    for (int block = firstBlock(); block < endBlock(); block++) {
      try {
        read(block);
      } catch (ImageException e) {
        throw new ImageException(e.reason(), layout.blockName(block) + ": " + e.getMessage(), e);
      }
    }
    return plane.raster();
  }

  /** Fetches and places the rows wanted of one block. */
  abstract void read(int block) throws IOException;

  /** Returns where in the file the bytes wanted of a block start. */
  abstract long start(int block);

  /** Returns how many bytes of a block are wanted. */
  abstract int length(int block);

  /** Returns the first row wanted of a block, counted from the block's own first. */
  final int top(int block) {
    return Math.max(0, firstRow - grid.top(block));
  }

  /** Returns the row of a block behind the last one wanted. */
  final int bottom(int block) {
    return Math.min(grid.rows(block), endRow - grid.top(block));
  }

  /** Places rows of a block, from its row {@code row} on, which start at {@code bytes[from]}. */
  final void place(int block, byte[] bytes, int from, int row, int rows) {
    int y = grid.top(block) + row - firstRow;
    for (int i = 0; i < rows; i++) {
      plane.place(bytes, from + i * rowBytes, grid.left(block), y + i, grid.columns(block));
    }
  }

  /** Makes bytes wanted of a block available in {@link #fetched}, from {@link #at} on. */
  final void fetch(long offset, int length, int block) throws IOException {
    if (offset < fetchedFrom || offset + length > fetchedFrom + fetchedLength) {
      int run = offset + length == end(block) ? run(offset, length, block) : length;
      fetched = source.slice(offset, run);
      fetchedFrom = offset;
      fetchedLength = run;
    }
  }

  /** Returns the bytes fetched last, to be read only. */
  final byte[] fetched() {
    return fetched.array();
  }

  /** Returns where in {@link #fetched} the byte lies that is at {@code offset} in the file. */
  final int at(long offset) {
    return fetched.from() + (int) (offset - fetchedFrom);
  }

  /** Returns the length of a read that takes in the blocks which follow without a gap. */
  private int run(long offset, int length, int block) {
    long end = offset + length;
    for (int next = block + 1; next < endBlock(); next++) {
      if (start(next) != end || end(next) - offset > FETCHED_AT_ONCE) {
        break;
      }
      end = end(next);
    }
    return (int) (end - offset);
  }

  private long end(int block) {
    return start(block) + length(block);
  }

  private int firstBlock() {
    return firstRow / grid.blockHeight() * grid.across();
  }

  private int endBlock() {
    return ((endRow - 1) / grid.blockHeight() + 1) * grid.across();
  }

  @Override
  public void close() {}
}
