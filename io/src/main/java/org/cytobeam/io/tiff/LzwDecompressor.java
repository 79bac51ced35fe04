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

  /** The entry behind the last one that a code can name: where a full table puts what is new. */
  private static final int FULL = 1 << MAX_WIDTH;

  /** Twice what is used, so that a masked code needs no bounds check. */
  private static final int TABLE_SIZE = 2 * FULL;

  /** First 8 bytes of each string, the first in the lowest bits; 0 behind shorter ones. */
  private final long[] heads = new long[TABLE_SIZE];

  /** Where each string starts in the output, in the upper half, and its length, in the lower. */
  private final long[] stretches = new long[TABLE_SIZE];

  LzwDecompressor() {
    for (int literal = 0; literal < CLEAR; literal++) {
      heads[literal] = literal;
      stretches[literal] = 1;
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
    long[] heads = this.heads;
    long[] stretches = this.stretches;
    int headMask = heads.length - 1;
    int stretchMask = stretches.length - 1;
    int end = from + count;
    int at = from;
    long bits = 0;
    int available = 0;
    int width = MIN_WIDTH;
    int widest = (1 << MIN_WIDTH) - 1;
    int next = END;
    long head = 0;
    int stringLength = 0;
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
        widest = (1 << MIN_WIDTH) - 1;
        next = END;
        head = 0;
        stringLength = 0;
        continue;
      }
      long nextHead = heads[code & headMask];
      long stretch = stretches[code & stretchMask];
      long grown = (long) (filled - stringLength) << 32 | (stringLength + 1);
      if (code >= next) {
        if (code > next) {
          throw corrupt(code, next, filled);
        }
        nextHead = grow(head, stringLength, head);
        stretch = grown;
      }
      heads[next & headMask] = grow(head, stringLength, nextHead);
      stretches[next & stretchMask] = grown;
      next++;
      if (next >= widest) {
        if (width < MAX_WIDTH) {
          width++;
          widest = width < MAX_WIDTH ? (1 << width) - 1 : FULL + 1;
        } else {
          next = FULL;
        }
      }
      head = nextHead;
      stringLength = (int) stretch;
      LITTLE_ENDIAN.set(out, filled, head);
      if (stringLength > Long.BYTES) {
        copyTail(out, (int) (stretch >>> 32), filled, Math.min(stringLength, length - filled));
      }
      filled += stringLength;
    }
    return length;
  }

  /** Returns the first 8 bytes of a string to which the first byte of another is appended. */
  private static long grow(long head, int length, long other) {
    return length < Long.BYTES ? head | (other & 0xff) << (length << 3) : head;
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
        "after %d bytes the LZW data use code %d, but the last one defined is %d"
            .formatted(filled, code, Math.max(END, next - 1)));
  }
}
