package org.cytobeam.io.tiff;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;

/** Where in the file the blocks of a page lie; each was seen to lie inside it. */
final class BlockTable {

  private static final int[] TABLES = {
    TiffTag.TILE_OFFSETS, TiffTag.TILE_BYTE_COUNTS, TiffTag.STRIP_OFFSETS, TiffTag.STRIP_BYTE_COUNTS
  };

  private final long[] offsets;
  private final long[] byteCounts;

  private BlockTable(long[] offsets, long[] byteCounts) {
    this.offsets = offsets;
    this.byteCounts = byteCounts;
  }

  /** Returns where a block starts. */
  long offset(int block) {
    return offsets[block];
  }

  /** Returns how many bytes a block takes. */
  long byteCount(int block) {
    return byteCounts[block];
  }

  /**
   * Reads the table of a page.
   *
   * @throws ImageException TOO_LARGE if it says that there are more blocks than the image can be
   *     cut into, TRUNCATED if a block does not lie inside the file or is too short for its pixels
   *     whatever they may be
   */
  static BlockTable of(FileBounds file, TiffDirectory page, GreyLayout layout) throws IOException {
    int blocks = layout.grid().count();
    requirePossible(page, layout);
    long[] offsets =
        page.firstIntegers(either(page, TiffTag.TILE_OFFSETS, TiffTag.STRIP_OFFSETS), blocks);
    boolean countIsKnown = blocks == 1 && layout.compression() == Compression.NONE;
    long[] byteCounts =
        countIsKnown
            ? new long[] {length(layout, 0)}
            : page.firstIntegers(
                either(page, TiffTag.TILE_BYTE_COUNTS, TiffTag.STRIP_BYTE_COUNTS), blocks);
    BlockTable table = new BlockTable(offsets, byteCounts);
    for (int block = 0; block < blocks; block++) {
      table.check(block, file, layout);
    }
    return table;
  }

  /** A strip has a row at least, and a tile a pixel; tables may be longer than they need be. */
  private static void requirePossible(TiffDirectory page, GreyLayout layout) throws ImageException {
    BlockGrid grid = layout.grid();
    int most = layout.tiled() ? grid.width() * grid.height() : grid.height();
    for (int tag : TABLES) {
      Optional<TiffEntry> table = page.entry(tag);
      if (table.isPresent()) {
        TiffDirectory.requireAtMost(table.get(), most);
      }
    }
  }

  private static TiffEntry either(TiffDirectory page, int tiles, int strips) throws ImageException {
    return page.entry(tiles)
        .or(() -> page.entry(strips))
        .orElseThrow(() -> GreyLayout.missing(strips));
  }

  private void check(int block, FileBounds file, GreyLayout layout) throws ImageException {
    long length = length(layout, block);
    boolean isStored = layout.compression() == Compression.NONE && !layout.tiled();
    if (isStored && Long.compareUnsigned(byteCounts[block], length) > 0) {
      byteCounts[block] = length;
    }
    file.require(offsets[block], byteCounts[block], layout.blockName(block));
    if (byteCounts[block] < length / layout.compression().maxExpansion()) {
      throw new ImageException(
          Reason.TRUNCATED,
          String.format(
              Locale.ROOT,
              "%s: %d bytes are too few for %d of pixels",
              layout.blockName(block),
              byteCounts[block],
              length));
    }
  }

  private static long length(GreyLayout layout, int block) {
    return (long) layout.grid().rows(block) * layout.rowBytes();
  }
}
