package org.cytobeam.io.tiff;

import java.io.IOException;
import org.cytobeam.io.bytes.ByteRanges;

/** Reads compressed blocks: each is fetched whole, and decompressed down to the last row wanted. */
final class CompressedBlockReader extends BlockReader {

  /**
   * No encoder makes a block longer than 4 times its pixels and a little; what a file has behind
   * that is not read, so that blocks which overlap can't make more work than the image is worth.
   */
  private static final int OVERHEAD = 1024;

  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final Decompressor decompressor;
  private byte[] rows = RowBuffer.take();

  CompressedBlockReader(
      ByteRanges source, GreyLayout layout, BlockTable table, int firstRow, int rowCount) {
    super(source, layout, table, firstRow, rowCount);
    this.decompressor = layout.compression().newDecompressor();
  }

  @Override
  void read(int block) throws IOException {
    int length = bottom(block) * rowBytes;
    if (rows.length < length + Decompressor.SLACK) {
      rows = new byte[length + Decompressor.SLACK];
    }
    fetch(start(block), length(block), block);
    decompressor.decompress(fetched(), at(start(block)), length(block), rows, length);
    place(block, rows, top(block) * rowBytes, top(block), bottom(block) - top(block));
  }

  @Override
  long start(int block) {
    return table.offset(block);
  }

  @Override
  int length(int block) {
    long most = Math.min(4L * bottom(block) * rowBytes + OVERHEAD, MAX_ARRAY);
    return (int) Math.min(table.byteCount(block), most);
  }

  @Override
  public void close() {
    decompressor.close();
    RowBuffer.giveBack(rows);
    rows = new byte[0];
  }
}
