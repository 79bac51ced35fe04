package org.cytobeam.io.tiff;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;

/**
 * LZW as in TIFF 6.0, section 13: most significant bit first, codes of 9 to 12 bits, the width
 * growing one code before the table needs it.
 *
 * <p>The string of a code is not stored. It is a stretch of the output, because it came out when
 * the code before was written: the table holds where it starts, how long it is, and its first 8
 * bytes as one number. Most strings of a noisy image are shorter than that, and cost one store.
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
  private static final int TABLE_SIZE = 1 << MAX_WIDTH;

  /** First bytes of each string, the first in the lowest bits, the rest 0. */
  private final long[] heads = new long[TABLE_SIZE];

  private final int[] lengths = new int[TABLE_SIZE];

  /** Where each string starts in the output; of no use for strings of up to 8 bytes. */
  private final int[] starts = new int[TABLE_SIZE];

  LzwDecompressor() {
    for (int literal = 0; literal < CLEAR; literal++) {
      heads[literal] = literal;
      lengths[literal] = 1;
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
  private int decode(byte[] in, int from, int count, byte[] out, int length)
      throws ImageException {
    int end = from + count;
    long lastBit = (long) end * Byte.SIZE;
    long bit = (long) from * Byte.SIZE;
    int width = MIN_WIDTH;
    int next = END;
    long head = 0;
    int stringLength = 0;
    int start = 0;
    int filled = 0;
    while (filled < length && bit + width <= lastBit) {
      int code = (int) (word(in, (int) (bit >>> 3), end) << (bit & 7) >>> (Long.SIZE - width));
      bit += width;
      if (code == END) {
        return filled;
      }
      if (code == CLEAR) {
        width = MIN_WIDTH;
        next = END;
        head = 0;
        stringLength = 0;
        continue;
      }
      if (code > next) {
        throw corrupt(code, next, filled);
      }
      if (next < TABLE_SIZE) {
        long first = (code == next ? head : heads[code]) & 0xff;
        heads[next] =
            stringLength < Long.BYTES ? head | first << (stringLength * Byte.SIZE) : head;
        lengths[next] = stringLength + 1;
        starts[next] = start;
        next++;
        if (next == (1 << width) - 1 && width < MAX_WIDTH) {
          width++;
        }
      }
      head = heads[code];
      stringLength = lengths[code];
      LITTLE_ENDIAN.set(out, filled, head);
      if (stringLength > Long.BYTES) {
        copyTail(out, starts[code], filled, Math.min(stringLength, length - filled));
      }
      start = filled;
      filled += stringLength;
    }
    return Math.min(filled, length);
  }

  /**
   * Copies the bytes of a string behind its first 8, 8 at a time.
   *
   * <p>The two stretches overlap by one byte if the string is the one just being defined; copying
   * upwards then still reads each byte after it was written, but for the last, which equals the
   * first.
   */
  private static void copyTail(byte[] out, int source, int target, int length) {
    for (int i = Long.BYTES; i < length; i += Long.BYTES) {
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
        "the LZW data use code "
            + code
            + ", but the table ends at "
            + (next - 1)
            + " ("
            + filled
            + " bytes decoded)");
  }
}
