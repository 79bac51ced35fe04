package org.cytobeam.io.tiff;

import java.io.IOException;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.Raster;

/**
 * Decodes the first page of a TIFF or BigTIFF with one unsigned grey sample of 8 or 16 bits a
 * pixel.
 *
 * <p>Read are: both byte orders; strips and tiles; no compression, LZW, Deflate, PackBits; with and
 * without predictor 2. Samples come as they are stored, but for 8-bit WhiteIsZero, which is turned
 * round; 16-bit WhiteIsZero is not: both as in Pillow. Everything else is refused as UNSUPPORTED
 * with the tag and its value in the message.
 *
 * <p>Whatever bytes are given, the only exceptions are {@link ImageException}, which says what is
 * wrong with them, and those of the source itself. Time and memory are bounded by the limit and the
 * length of the file, not by what the file states.
 *
 * <p>Immutable, and safe for use by several threads.
 */
public final class TiffDecoder {

  /** The limit unless another is given: 67,108,864 pixels, 8192 × 8192. */
  public static final long DEFAULT_MAX_PIXELS = 1L << 26;

  /** The highest possible limit: rows with padding, and a little more, must fit in one array. */
  public static final long HIGHEST_MAX_PIXELS = (Integer.MAX_VALUE - 8 - Decompressor.SLACK) / 4;

  private final long maxPixels;

  /** Creates a decoder with the default limit. */
  public TiffDecoder() {
    this(DEFAULT_MAX_PIXELS);
  }

  /**
   * Creates a decoder.
   *
   * @param maxPixels images with more pixels are refused as TOO_LARGE; 1 to {@link
   *     #HIGHEST_MAX_PIXELS}
   */
  public TiffDecoder(long maxPixels) {
    if (maxPixels < 1 || maxPixels > HIGHEST_MAX_PIXELS) {
      throw new IllegalArgumentException(
          "maxPixels is " + maxPixels + ", not 1 to " + HIGHEST_MAX_PIXELS);
    }
    this.maxPixels = maxPixels;
  }

  /**
   * Reads the header, the first directory and the table of strips or tiles, usually in one request.
   *
   * @param source must stay open as long as the image is read
   * @throws ImageException with a reason why the image can't be decoded
   * @throws IOException if the source can't be read
   */
  public TiffImage open(ByteRanges source) throws IOException {
    return open(source, TiffFile.open(source).first());
  }

  /**
   * Opens the page that a directory of {@code source} describes.
   *
   * @throws ImageException with a reason why the image can't be decoded
   * @throws IOException if the source can't be read
   */
  public TiffImage open(ByteRanges source, TiffDirectory page) throws IOException {
    GreyLayout layout = GreyLayout.of(page, maxPixels);
    BlockTable table = BlockTable.of(new FileBounds(source.size()), page, layout);
    return new TiffImage(source, page, layout, table);
  }

  /**
   * Decodes the first page.
   *
   * @throws ImageException with a reason why the image can't be decoded
   * @throws IOException if the source can't be read
   */
  public Raster decode(ByteRanges source) throws IOException {
    return open(source).read();
  }
}
