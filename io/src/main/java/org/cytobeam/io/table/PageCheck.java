package org.cytobeam.io.table;

import java.util.EnumSet;
import java.util.Set;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.format.Type;

/**
 * Looks through an unpacked page for counts that the decoders would allocate for unseen.
 *
 * <p>Formats: the encodings of the Parquet specification (Encodings.md), namely the hybrid of run
 * lengths and bit packing, and delta binary packing.
 */
final class PageCheck {

  /** Far beyond what writers put into one run: they stop at 504, or at the end of the page. */
  private static final int MOST_PACKED_VALUES = 1 << 24;

  private static final int MOST_DELTA_VALUES = 1 << 22;
  private static final int LARGEST_DELTA_BLOCK = 1 << 16;
  private static final int WIDEST = 32;
  private static final Set<Encoding> FIXED = EnumSet.of(Encoding.PLAIN, Encoding.BYTE_STREAM_SPLIT);

  private final byte[] bytes;
  private final int limit;
  private int position;

  private PageCheck(byte[] bytes, int from, int limit) {
    this.bytes = bytes;
    this.position = from;
    this.limit = limit;
  }

  /**
   * Checks levels of one bit that stand behind their own length, as in pages of version 1.
   *
   * @return where they end
   */
  static int levelsWithLength(byte[] bytes, int from) throws ParquetFault {
    PageCheck check = new PageCheck(bytes, from, bytes.length);
    int length = check.littleEndianInt();
    if (length < 0 || length > check.limit - check.position) {
      throw damaged();
    }
    int end = check.position + length;
    levels(bytes, check.position, end);
    return end;
  }

  /** Checks levels of one bit. */
  static void levels(byte[] bytes, int from, int to) throws ParquetFault {
    new PageCheck(bytes, from, to).runs(1);
  }

  /** Checks the values of a page, from after its levels to its end. */
  static void values(Encoding encoding, Type type, byte[] bytes, int from, int valueCount)
      throws ParquetFault {
    PageCheck check = new PageCheck(bytes, from, bytes.length);
    if (encoding.usesDictionary()) {
      check.dictionaryIndexes();
    } else if (encoding == Encoding.RLE && type == Type.BOOLEAN) {
      levelsWithLength(bytes, from);
    } else if (encoding == Encoding.DELTA_BINARY_PACKED
        || encoding == Encoding.DELTA_LENGTH_BYTE_ARRAY) {
      check.deltas(valueCount);
    } else if (!FIXED.contains(encoding)) {
      throw new ParquetFault("values encoded as " + encoding + " can't be read");
    }
  }

  private void dictionaryIndexes() throws ParquetFault {
    if (position < limit) {
      int width = next();
      if (width > WIDEST) {
        throw damaged();
      }
      runs(width);
    }
  }

  private void runs(int width) throws ParquetFault {
    while (position < limit) {
      int header = varint();
      int count = header >>> 1;
      if ((header & 1) == 0) {
        skip((width + 7) / 8);
      } else if (count > MOST_PACKED_VALUES / 8) {
        throw damaged();
      } else {
        checkPacked((long) count * width);
      }
    }
  }

  /** Passes over packed values; the last ones may be cut off, since their count is rounded up. */
  private void checkPacked(long length) throws ParquetFault {
    int left = limit - position;
    if (length > left + (long) WIDEST) {
      throw damaged();
    }
    position += (int) Math.min(length, left);
  }

  private void deltas(int valueCount) throws ParquetFault {
    int block = varint();
    int miniBlocks = varint();
    int total = varint();
    boolean sound =
        block > 0
            && block <= LARGEST_DELTA_BLOCK
            && miniBlocks > 0
            && miniBlocks <= block / 8
            && block % miniBlocks == 0
            && total >= 0
            && total <= Math.min(valueCount, MOST_DELTA_VALUES);
    if (!sound) {
      throw damaged();
    }
  }

  private int littleEndianInt() throws ParquetFault {
    return next() | next() << 8 | next() << 16 | next() << 24;
  }

  private int varint() throws ParquetFault {
    int value = 0;
    for (int shift = 0; shift < 32; shift += 7) {
      int next = next();
      value |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw damaged();
  }

  private int next() throws ParquetFault {
    if (position >= limit) {
      throw damaged();
    }
    return bytes[position++] & 0xff;
  }

  private void skip(int count) throws ParquetFault {
    if (count > limit - position) {
      throw damaged();
    }
    position += count;
  }

  private static ParquetFault damaged() {
    return new ParquetFault("the counts in a page are damaged");
  }
}
