package org.cytobeam.io.tiff;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Locale;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;

/**
 * LZW as in TIFF 6.0, section 13: most significant bit first, codes of 9 to 12 bits, the width
 * growing one code before the table needs it.
 *
 * <p>The string of a code is not stored. It is a stretch of the output, because it came out when
 * the code was defined. The table has where that starts, and beside it, as one number, the length
 * and the first 7 bytes: most strings of a noisy image are no longer, and then that number is all
 * that is looked up, written and extended.
 */
final class LzwDecompressor implements Decompressor {

  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int MIN_WIDTH = 9;
  private static final int MAX_WIDTH = 12;

  /** The first entry that no code can name; what a full table gets goes to the one behind. */
  private static final int FULL = 1 << MAX_WIDTH;

  /** Twice what is used, so that a masked code needs no bounds check. */
  private static final int TABLE_SIZE = 2 * FULL;

  /** How many bytes of a string stand in its head. */
  private static final int HEAD_BYTES = 7;

  /** Position of the length in a head. */
  private static final int LENGTH_SHIFT = HEAD_BYTES * Byte.SIZE;

  /**
   * First bytes of each string, the first in the lowest bits, 0 behind shorter strings, and in the
   * highest byte the length, where {@code HEAD_BYTES + 1} stands for all that are longer.
   */
  private final long[] heads = new long[TABLE_SIZE];

  /**
   * Where in the output each string starts. It ends on the byte at which that of the next code
   * starts, for each string is the one written before and the first byte of the one written next.
   */
  private final int[] starts = new int[TABLE_SIZE];

  LzwDecompressor() {
    for (int literal = 0; literal < CLEAR; literal++) {
      heads[literal] = 1L << LENGTH_SHIFT | literal;
    }
  }

  @Override
  public void decompress(byte[] in, int from, int count, byte[] out, int length)
      throws ImageException {
    if (count >= 2 && in[from] == 0 && (in[from + 1] & 1) != 0) {
      throw new ImageException(
          Reason.UNSUPPORTED,
          TiffTag.describe(TiffTag.COMPRESSION) + " = 5, with the bit order of before TIFF 6");
    }
    int filled = decode(in, from, count, out, length);
    if (filled < length) {
      throw new ImageException(
          Reason.TRUNCATED, "LZW data end after " + filled + " of " + length + " bytes");
    }
  }

  /**
   * Decodes until the output is full or the data end, and returns how much of it is filled.
   *
   * <p>After Clear, {@code next} stands on the unused entry of the End code and the string before
   * is empty: the first code then needs no case of its own.
   */
  private int decode(byte[] in, int from, int count, byte[] out, int length) throws ImageException {
    long[] heads = this.heads;
    int[] starts = this.starts;
    int end = from + count;
    int at = from;
    long bits = 0;
    int available = 0;
    int width = MIN_WIDTH;
    int widenAt = (1 << MIN_WIDTH) - 1;
    int next = END;
    long before = 0;
    int filled = 0;
    while (filled < length) {
      if (available < width) {
        bits |= word(in, at, end) >>> available;
        int taken = Math.min((Long.SIZE - available) >>> 3, end - at);
        at += taken;
        available += taken << 3;
        if (available < width) {
          return filled;
        }
      }
      int code = (int) (bits >>> (Long.SIZE - width));
      bits <<= width;
      available -= width;
      if ((code & ~1) == CLEAR) {
        if (code == END) {
          return filled;
        }
        width = MIN_WIDTH;
        widenAt = (1 << MIN_WIDTH) - 1;
        next = END;
        before = 0;
        continue;
      }
      long head = heads[code & (heads.length - 1)];
      if (code >= next) {
        if (code > next) {
          throw corrupt(code, next, filled);
        }
        head = extend(before, before);
      }
      heads[next & (heads.length - 1)] = extend(before, head);
      next++;
      if (next >= widenAt) {
        if (width < MAX_WIDTH) {
          width++;
          widenAt = width < MAX_WIDTH ? (1 << width) - 1 : FULL + 2;
        } else {
          next = FULL + 1;
        }
      }
      starts[next & (starts.length - 1)] = filled;
      LITTLE_ENDIAN.set(out, filled, head);
      before = head;
      int stringLength = (int) (head >>> LENGTH_SHIFT);
      if (stringLength > HEAD_BYTES) {
        int start = starts[code];
        stringLength = Math.min(starts[code + 1] - start + 1, length - filled);
        copyTail(out, start, filled, stringLength);
      }
      filled += stringLength;
    }
    return length;
  }

  /** Returns the head of a string to which the first byte of another is appended. */
  private static long extend(long head, long other) {
    int length = (int) (head >>> LENGTH_SHIFT);
    if (length > HEAD_BYTES) {
      return head;
    }
    long longer = head + (1L << LENGTH_SHIFT);
    return length < HEAD_BYTES ? longer | (other & 0xff) << (length << 3) : longer;
  }

  /**
   * Copies the bytes of a string that are not in its head, 8 at a time.
   *
   * <p>Source and target overlap by one byte if the string is the one just being defined; copying
   * upwards then still reads each byte after it was written, but for the last, which equals the
   * first.
   */
  private static void copyTail(byte[] out, int source, int target, int length) {
    for (int i = HEAD_BYTES; i < length; i += Long.BYTES) {
      LITTLE_ENDIAN.set(out, target + i, (long) LITTLE_ENDIAN.get(out, source + i));
    }
    if (source + length > target) {
      out[target + length - 1] = out[target];
    }
  }

  /** Returns the 8 bytes from {@code at} on, with 0 for those beyond the end. */
  private static long word(byte[] in, int at, int end) {
    if (at <= end - Long.BYTES) {
      return (long) BIG_ENDIAN.get(in, at);
    }
    long word = 0;
    for (int i = at; i < at + Long.BYTES; i++) {
      word = word << Byte.SIZE | (i < end ? in[i] & 0xff : 0);
    }
    return word;
  }

  private static ImageException corrupt(int code, int next, int filled) {
    return new ImageException(
        Reason.UNDECODABLE,
        String.format(
            Locale.ROOT,
            "after %d bytes the LZW data use code %d, but the last one defined is %d",
            filled,
            code,
            Math.max(END, next - 1)));
  }
}
