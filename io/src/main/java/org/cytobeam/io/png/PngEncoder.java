package org.cytobeam.io.png;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.io.pixels.SampleType;

/**
 * Encodes 8-bit grey images as PNG (ISO/IEC 15948): not interlaced, all data in one IDAT chunk, no
 * ancillary chunks.
 *
 * <p>The bytes follow from the pixels alone, on every machine and JDK: the compression is written
 * here, as that of {@code java.util.zip} depends on the zlib that the JDK was built with. One
 * filter is chosen for all rows, and repetitions are looked for only where a sample of the rows
 * shows some; noise has none.
 */
public final class PngEncoder {

  /** The most pixels that an image may have, so that its file surely fits in an array. */
  public static final int MOST_PIXELS = 1 << 29;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int HEADER = 0x49484452; // IHDR
  private static final int DATA = 0x49444154; // IDAT
  private static final int END = 0x49454e44; // IEND
  private static final int CHUNK_HEAD = 2 * Integer.BYTES;
  private static final int CHUNK_TAIL = Integer.BYTES;
  private static final int HEADER_LENGTH = 13;
  private static final int BEFORE_DATA =
      SIGNATURE.length + CHUNK_HEAD + HEADER_LENGTH + CHUNK_TAIL + CHUNK_HEAD;
  private static final int AFTER_DATA = CHUNK_TAIL + CHUNK_HEAD + CHUNK_TAIL;

  private PngEncoder() {}

  /**
   * Returns an image as a PNG file.
   *
   * @throws IllegalArgumentException if its samples have 16 bits, or it has more than {@link
   *     #MOST_PIXELS}
   */
  public static byte[] encode(Raster image) {
    if (image.type() != SampleType.UINT8) {
      throw new IllegalArgumentException("only 8-bit images are encoded, not " + image.type());
    }
    if ((long) image.width() * image.height() > MOST_PIXELS) {
      throw new IllegalArgumentException(
          image.width() + " × " + image.height() + " pixels are more than " + MOST_PIXELS);
    }
    byte[] filtered = filter(image);
    BitWriter data = new BitWriter(BEFORE_DATA, filtered.length / 2);
    ZlibStream.write(filtered, RepeatProbe.finds(filtered), data);
    byte[] file = Arrays.copyOf(data.bytes(), data.length() + AFTER_DATA);
    frame(image, ByteBuffer.wrap(file), data.length() - BEFORE_DATA);
    return file;
  }

  private static byte[] filter(Raster image) {
    RowFilter rows = new RowFilter(image);
    FilterType type = FilterChoice.of(image);
    int rowLength = image.width() + 1;
    byte[] filtered = new byte[rowLength * image.height()];
    for (int y = 0; y < image.height(); y++) {
      filtered[y * rowLength] = type.code();
      rows.apply(type, y, filtered, y * rowLength + 1);
    }
    return filtered;
  }

  /** Writes all that belongs around the image data, which are in their place. */
  private static void frame(Raster image, ByteBuffer file, int dataLength) {
    file.put(SIGNATURE);
    ByteBuffer header = file.duplicate().position(file.position() + CHUNK_HEAD);
    header.putInt(image.width()).putInt(image.height()).put((byte) Byte.SIZE);
    closeChunk(HEADER, HEADER_LENGTH, file);
    closeChunk(DATA, dataLength, file);
    closeChunk(END, 0, file);
  }

  /** Writes head and checksum of the chunk that starts at the position, and goes behind it. */
  private static void closeChunk(int type, int length, ByteBuffer file) {
    file.putInt(length);
    int checkedFrom = file.position();
    file.putInt(type);
    CRC32 checksum = new CRC32();
    checksum.update(file.slice(checkedFrom, Integer.BYTES + length));
    file.position(file.position() + length);
    file.putInt((int) checksum.getValue());
  }
}
