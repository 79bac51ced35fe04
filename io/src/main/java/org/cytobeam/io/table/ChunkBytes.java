package org.cytobeam.io.table;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.cytobeam.io.bytes.ByteRanges;

/** Reads the bytes of one column chunk in order, fetching many at a time. */
final class ChunkBytes {

  /** Headers hold at most a smallest and a largest value beside their numbers. */
  private static final int LONGEST_HEADER = 1 << 20;

  private final ByteRanges file;
  private final long end;
  private final int stride;
  private long next;
  private byte[] window = new byte[0];
  private int position;

  /**
   * Creates a reader of a range that lies inside the file.
   *
   * @param stride how many bytes to fetch where fewer would do
   */
  ChunkBytes(ByteRanges file, long start, long length, int stride) {
    this.stride = stride;
    this.file = file;
    this.next = start;
    this.end = start + length;
  }

  /** Returns how many bytes are left in the chunk. */
  long left() {
    return end - next + available();
  }

  private int available() {
    return window.length - position;
  }

  /** Reads the header of the next page. */
  PageHeader header() throws IOException {
    for (int wanted = 1 << 12; ; wanted *= 4) {
      require((int) Math.min(Math.min(wanted, LONGEST_HEADER), left()));
      try {
        int headerEnd = CompactThrift.end(window, position, window.length);
        return parse(headerEnd);
      } catch (EOFException e) {
        if (available() == left() || available() >= LONGEST_HEADER) {
          throw new ParquetFault("a page header is damaged or cut short", e);
        }
      }
    }
  }

  private PageHeader parse(int headerEnd) throws ParquetFault {
    try {
      PageHeader header =
          Util.readPageHeader(new ByteArrayInputStream(window, position, headerEnd - position));
      position = headerEnd;
      return header;
    } catch (IOException | RuntimeException e) {
      throw new ParquetFault("a page header is damaged", e);
    }
  }

  /** Reads bytes of which there are at least so many {@link #left()}. */
  byte[] read(int length) throws IOException {
    require(length);
    position += length;
    return Arrays.copyOfRange(window, position - length, position);
  }

  /** Passes over bytes of which there are at least so many {@link #left()}. */
  void skip(int length) throws IOException {
    read(length);
  }

  /** Sees to it that the window has so many bytes from the position on. */
  private void require(int length) throws IOException {
    if (available() >= length) {
      return;
    }
    int missing = length - available();
    int count = (int) Math.min(Math.max(missing, stride), end - next);
    byte[] fetched = file.read(next, count);
    byte[] joined = Arrays.copyOfRange(window, position, window.length + count);
    System.arraycopy(fetched, 0, joined, joined.length - count, count);
    next += count;
    window = joined;
    position = 0;
  }
}
