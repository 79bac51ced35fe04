package org.cytobeam.io.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;

/**
 * The directories of a TIFF or BigTIFF, wherever in the file they lie.
 *
 * <p>Only the header, the directories asked for and the values asked for are read, and few requests
 * are made. No length that the file states is trusted. Whatever bytes are given, the only
 * exceptions are {@link ImageException} and those of the source itself.
 *
 * <p>For use by one thread at a time.
 */
public final class TiffFile {

  private static final int CLASSIC_VERSION = 42;
  private static final int CLASSIC_HEADER = 8;
  private static final int BIG_HEADER = 16;

  /** Each tag that there can be, once. */
  private static final long MAX_ENTRIES = 65_536;

  private final ReadAhead bytes;
  private final ByteOrder order;
  private final boolean big;
  private final long firstDirectory;

  private TiffFile(ReadAhead bytes, ByteOrder order, boolean big, long firstDirectory) {
    this.bytes = bytes;
    this.order = order;
    this.big = big;
    this.firstDirectory = firstDirectory;
  }

  /**
   * Reads the header.
   *
   * @param source must stay open as long as this or a directory of it is used
   * @throws ImageException NOT_AN_IMAGE with what the bytes look like if they are no TIFF,
   *     ZERO_FILLED if all are 0, TRUNCATED if the header is cut
   */
  public static TiffFile open(ByteRanges source) throws IOException {
    ReadAhead bytes = new ReadAhead(source);
    Signature.requireTiff(bytes);
    ByteOrder order =
        bytes.view(0, 1, ByteOrder.BIG_ENDIAN, "header").get(0) == 'I'
            ? ByteOrder.LITTLE_ENDIAN
            : ByteOrder.BIG_ENDIAN;
    ByteBuffer header = bytes.view(0, CLASSIC_HEADER, order, "header");
    if (header.getShort(2) == CLASSIC_VERSION) {
      return new TiffFile(bytes, order, false, Integer.toUnsignedLong(header.getInt(4)));
    }
    header = bytes.view(0, BIG_HEADER, order, "header");
    int offsetBytes = Short.toUnsignedInt(header.getShort(4));
    if (offsetBytes != Long.BYTES) {
      throw new ImageException(
          Reason.UNSUPPORTED, "BigTIFF with offsets of " + offsetBytes + " bytes instead of 8");
    }
    return new TiffFile(bytes, order, true, header.getLong(8));
  }

  /** Returns the byte order of all numbers in the file, also of 16-bit samples. */
  public ByteOrder order() {
    return order;
  }

  /** Returns whether this is a BigTIFF, with 64-bit offsets. */
  public boolean isBig() {
    return big;
  }

  /** Reads the directory of the first page. */
  public TiffDirectory first() throws IOException {
    return directory(firstDirectory);
  }

  /** Returns a cursor over the directories of all pages, which stands before the first. */
  public TiffPages pages() {
    return new TiffPages(this, firstDirectory);
  }

  /**
   * Reads the directory at an offset, such as one that {@link TiffTag#SUB_IFDS} names.
   *
   * @throws ImageException TRUNCATED if it does not lie inside the file, UNDECODABLE if the offset
   *     or the number of entries makes no sense
   */
  public TiffDirectory directory(long offset) throws IOException {
    if (offset == 0) {
      throw new ImageException(Reason.UNDECODABLE, "the file names no directory");
    }
    int countBytes = big ? Long.BYTES : Short.BYTES;
    ByteBuffer head = bytes.view(offset, countBytes, order, "directory");
    long count = big ? head.getLong(0) : Short.toUnsignedLong(head.getShort(0));
    if (count < 0 || count > MAX_ENTRIES) {
      throw new ImageException(
          Reason.UNDECODABLE, "a directory of " + Long.toUnsignedString(count) + " entries");
    }
    int entryBytes = big ? 20 : 12;
    int pointerBytes = big ? Long.BYTES : Integer.BYTES;
    long length = countBytes + count * entryBytes + pointerBytes;
    ByteBuffer table = bytes.view(offset, length, order, "directory");
    return TiffDirectory.parse(bytes, table, offset, big);
  }
}
