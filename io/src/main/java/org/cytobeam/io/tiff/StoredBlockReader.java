package org.cytobeam.io.tiff;

import java.io.IOException;
import org.cytobeam.io.bytes.ByteRanges;

/** Reads uncompressed blocks: only the rows wanted are fetched, a mebibyte at once. */
final class StoredBlockReader extends BlockReader {

  private final int rowsAtOnce;

  StoredBlockReader(
      ByteRanges source, GreyLayout layout, BlockTable table, int firstRow, int rowCount) {
    super(source, layout, table, firstRow, rowCount);
    this.rowsAtOnce = Math.max(1, FETCHED_AT_ONCE / rowBytes);
  }

  @Override
  void read(int block) throws IOException {
    for (int row = top(block); row < bottom(block); row += rowsAtOnce) {
      int rows = Math.min(rowsAtOnce, bottom(block) - row);
      long offset = table.offset(block) + (long) row * rowBytes;
      fetch(offset, rows * rowBytes, block);
      place(block, fetched(), at(offset), row, rows);
    }
  }

  @Override
  long start(int block) {
    return table.offset(block) + (long) top(block) * rowBytes;
  }

  @Override
  int length(int block) {
    return (bottom(block) - top(block)) * rowBytes;
  }
}
