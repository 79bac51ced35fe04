package org.cytobeam.io.tiff;

import java.io.IOException;
import java.nio.ByteOrder;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;
import org.cytobeam.io.pixels.SampleType;

/**
 * How the pixels of a grey page are stored, read from its directory and checked.
 *
 * @param grid the strips or tiles
 * @param tiled whether they are tiles
 * @param type type of the samples
 * @param order byte order of 16-bit samples
 * @param compression how each block is compressed
 * @param differenced whether each sample but the first in a row of a block is stored as the
 *     difference to the one on its left (predictor 2)
 * @param inverted whether 0 stands for white and the samples are to be turned round
 */
record GreyLayout(
    BlockGrid grid,
    boolean tiled,
    SampleType type,
    ByteOrder order,
    Compression compression,
    boolean differenced,
    boolean inverted) {

  private static final int WHITE_IS_ZERO = 0;
  private static final int BLACK_IS_ZERO = 1;
  private static final int UNSIGNED = 1;
  private static final int UNDEFINED = 4;

  /** Strips without RowsPerStrip: one of all rows. */
  private static final long ALL_ROWS = 0xffff_ffffL;

  /** Returns the number of bytes in one row of a block. */
  int rowBytes() {
    return grid.blockWidth() * type.bytes();
  }

  /** Returns what a block is called in messages; the first strip or tile is number 0. */
  String blockName(int block) {
    return (tiled ? "tile " : "strip ") + block;
  }

  /**
   * Reads the layout of a page.
   *
   * @throws ImageException UNSUPPORTED, naming tag and value, if pixels so stored are not read
   *     here; TOO_LARGE if there are more than {@code maxPixels}; UNDECODABLE if the tags make no
   *     sense
   */
  static GreyLayout of(TiffDirectory page, long maxPixels) throws IOException {
    SampleType type = type(page);
    require(page, TiffTag.FILL_ORDER, 1);
    Compression compression = compression(page);
    return new GreyLayout(
        grid(page, maxPixels),
        isTiled(page),
        type,
        page.order(),
        compression,
        isDifferenced(page, compression),
        isInverted(page, type));
  }

  private static SampleType type(TiffDirectory page) throws IOException {
    long photometric =
        page.integer(TiffTag.PHOTOMETRIC_INTERPRETATION)
            .orElseThrow(() -> missing(TiffTag.PHOTOMETRIC_INTERPRETATION));
    if (photometric != BLACK_IS_ZERO && photometric != WHITE_IS_ZERO) {
      throw unsupported(TiffTag.PHOTOMETRIC_INTERPRETATION, photometric);
    }
    require(page, TiffTag.SAMPLES_PER_PIXEL, 1);
    long format = page.integer(TiffTag.SAMPLE_FORMAT, UNSIGNED);
    if (format != UNSIGNED && format != UNDEFINED) {
      throw unsupported(TiffTag.SAMPLE_FORMAT, format);
    }
    long bits = page.integer(TiffTag.BITS_PER_SAMPLE, 1);
    if (bits != 8 && bits != 16) {
      throw unsupported(TiffTag.BITS_PER_SAMPLE, bits);
    }
    return bits == 8 ? SampleType.UINT8 : SampleType.UINT16;
  }

  private static Compression compression(TiffDirectory page) throws IOException {
    long code = page.integer(TiffTag.COMPRESSION, 1);
    return Compression.of(code).orElseThrow(() -> unsupported(TiffTag.COMPRESSION, code));
  }

  /** The predictor belongs to the compression: without one libtiff and Pillow do not heed it. */
  private static boolean isDifferenced(TiffDirectory page, Compression compression)
      throws IOException {
    long predictor = page.integer(TiffTag.PREDICTOR, 1);
    if (predictor != 1 && predictor != 2) {
      throw unsupported(TiffTag.PREDICTOR, predictor);
    }
    return predictor == 2 && compression != Compression.NONE;
  }

  /** 8-bit samples are turned round and 16-bit samples are not, as Pillow has it. */
  private static boolean isInverted(TiffDirectory page, SampleType type) throws IOException {
    return type == SampleType.UINT8
        && page.integer(TiffTag.PHOTOMETRIC_INTERPRETATION, BLACK_IS_ZERO) == WHITE_IS_ZERO;
  }

  private static boolean isTiled(TiffDirectory page) {
    return page.has(TiffTag.TILE_WIDTH) || page.has(TiffTag.TILE_OFFSETS);
  }

  private static BlockGrid grid(TiffDirectory page, long maxPixels) throws IOException {
    int width = size(page, TiffTag.IMAGE_WIDTH);
    int height = size(page, TiffTag.IMAGE_LENGTH);
    if ((long) width * height > maxPixels) {
      throw tooLarge(width + " columns × " + height + " rows", maxPixels);
    }
    BlockGrid grid =
        isTiled(page)
            ? new BlockGrid(
                width,
                height,
                size(page, TiffTag.TILE_WIDTH),
                Math.min(height, size(page, TiffTag.TILE_LENGTH)))
            : new BlockGrid(width, height, width, Math.min(height, rowsPerStrip(page)));
    if (grid.paddedPixels() > 2 * maxPixels) {
      throw tooLarge("tiles of " + grid.blockWidth() + " columns", maxPixels);
    }
    return grid;
  }

  private static int size(TiffDirectory page, int tag) throws IOException {
    long size = page.integer(tag).orElseThrow(() -> missing(tag));
    return atLeastOne(tag, size);
  }

  private static int rowsPerStrip(TiffDirectory page) throws IOException {
    return atLeastOne(TiffTag.ROWS_PER_STRIP, page.integer(TiffTag.ROWS_PER_STRIP, ALL_ROWS));
  }

  /** Returns a size, those beyond an int's range as the largest int: too large for any limit. */
  private static int atLeastOne(int tag, long size) throws ImageException {
    if (size == 0) {
      throw new ImageException(Reason.UNDECODABLE, TiffTag.describe(tag) + " = 0");
    }
    return size < 0 ? Integer.MAX_VALUE : (int) Math.min(size, Integer.MAX_VALUE);
  }

  private static void require(TiffDirectory page, int tag, long value) throws IOException {
    long found = page.integer(tag, value);
    if (found != value) {
      throw unsupported(tag, found);
    }
  }

  private static ImageException unsupported(int tag, long value) {
    return new ImageException(
        Reason.UNSUPPORTED,
        TiffTag.describe(tag) + " = " + Long.toUnsignedString(value) + " is not read");
  }

  static ImageException missing(int tag) {
    return new ImageException(Reason.UNDECODABLE, TiffTag.describe(tag) + " is missing");
  }

  private static ImageException tooLarge(String what, long maxPixels) {
    return new ImageException(
        Reason.TOO_LARGE, what + ": more than the limit of " + maxPixels + " pixels");
  }
}
