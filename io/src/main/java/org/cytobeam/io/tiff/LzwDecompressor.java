package org.cytobeam.io.tiff;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;

/**
 * LZW as in TIFF 6.0, section 13: most significant bit first, codes of 9 to 12 bits, the width
 * growing one code before the table needs it.
 *
 * <p>No string is stored. Each is a stretch of the output: the string written before and the first
 * byte of the one written next, so that it ends where the next code's starts. The table has only
 * where strings start. The 256 literals lie behind the output, to be stretches like all others.
 *
 * <p>In noisy images nearly all strings have one to three bytes, and it is the work for a code that
 * counts. {@link #decodeShortStrings} has one branch for it, which is all but never taken, and
 * copies 8 bytes whatever the length. It stops at whatever is not that simple, and {@link
 * #decodeAnyCodes} goes on from there.
 */
final class LzwDecompressor implements Decompressor {

  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle NATIVE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int MIN_WIDTH = 9;
  private static final int MAX_WIDTH = 12;

  /** The first entry that no code can name. */
  private static final int FULL = 1 << MAX_WIDTH;

  /** Twice what codes can name: a full table is written on behind that, to no effect. */
  private static final int TABLE_SIZE = 2 * FULL;

  /** The longest string that one copy of 8 bytes writes. */
  private static final int SHORT = Long.BYTES;

  /** Stands in {@link #lengths} for strings that are not short, not yet defined or no strings. */
  private static final byte NOT_SHORT = SHORT + 1;

  /** How many codes are taken from one word: 4 of 12 bits and 7 bits before them fit in 64. */
  private static final int CODES_A_WORD = 4;

  /**
   * Where in the output each string starts. It ends on the byte at which that of the next code
   * starts; this does not hold for literals, which have one byte.
   */
  private final int[] starts = new int[TABLE_SIZE];

  /** The length of each short string, and {@link #NOT_SHORT} for the rest. */
  private final byte[] lengths = new byte[TABLE_SIZE];

  private byte[] in = new byte[0];
  private long bit;
  private long endBit;
  private byte[] out = new byte[0];
  private int filled;
  private int wanted;

  /** How many bits the next code has. */
  private int width;

  /** The entry that the next code completes; right behind Clear it is that of the End code. */
  private int next = END;

  /** Length of the string written last, as in {@link #lengths}. */
  private int before;

  LzwDecompressor() {
    Arrays.fill(lengths, NOT_SHORT);
    Arrays.fill(lengths, 0, CLEAR, (byte) 1);
  }

  @Override
  public void decompress(byte[] in, int from, int count, byte[] out, int length)
      throws ImageException {
    if (count >= 2 && in[from] == 0 && (in[from + 1] & 1) != 0) {
      throw new ImageException(
          Reason.UNSUPPORTED,
          TiffTag.describe(TiffTag.COMPRESSION) + " = 5, with the bit order of before TIFF 6");
    }
    this.in = in;
    bit = (long) from << 3;
    endBit = (long) (from + count) << 3;
    this.out = out;
    filled = 0;
    wanted = length;
    writeLiterals(length + SHORT);
    clear();
    do {
      decodeShortStrings();
    } while (decodeAnyCodes());
    if (filled < length) {
      throw new ImageException(
          Reason.TRUNCATED, "LZW data end after " + filled + " of " + length + " bytes");
    }
  }

  private void writeLiterals(int at) {
    for (int literal = 0; literal < CLEAR; literal++) {
      out[at + literal] = (byte) literal;
      starts[literal] = at + literal;
    }
  }

  private void clear() {
    Arrays.fill(lengths, CLEAR, Math.min(next, FULL), NOT_SHORT);
    width = MIN_WIDTH;
    next = END;
    before = NOT_SHORT;
  }

  /**
   * Decodes as long as strings are short, their codes have one width, and neither the data nor the
   * output come to their end. Then no limit has to be looked at while decoding.
   *
   * <p>Of four codes in a row each is decoded in its own lines: as a loop it takes a third longer.
   */
  private void decodeShortStrings() {
    byte[] in = this.in;
    byte[] out = this.out;
    int[] starts = this.starts;
    byte[] lengths = this.lengths;
    long bit = this.bit;
    int width = this.width;
    int mask = (1 << width) - 1;
    int before = this.before;
    int filled = this.filled;
    int next = this.next;
    int end = next + codesWithoutLimits();
    for (; next < end; next += CODES_A_WORD) {
      long word = (long) BIG_ENDIAN.get(in, (int) (bit >>> 3));
      long bits = Long.rotateLeft(word, (int) (bit & 7) + width);
      int code = (int) bits & mask;
      int first = lengths[code & (lengths.length - 1)];
      if (first > SHORT) {
        break;
      }
      lengths[next] = (byte) (before + 1);
      starts[next + 1] = filled;
      copyShort(out, starts[code & (starts.length - 1)], filled);
      filled += first;

      bits = Long.rotateLeft(bits, width);
      code = (int) bits & mask;
      int second = lengths[code & (lengths.length - 1)];
      if (second > SHORT) {
        next += 1;
        bit += width;
        before = first;
        break;
      }
      lengths[next + 1] = (byte) (first + 1);
      starts[next + 2] = filled;
      copyShort(out, starts[code & (starts.length - 1)], filled);
      filled += second;

      bits = Long.rotateLeft(bits, width);
      code = (int) bits & mask;
      int third = lengths[code & (lengths.length - 1)];
      if (third > SHORT) {
        next += 2;
        bit += 2 * width;
        before = second;
        break;
      }
      lengths[next + 2] = (byte) (second + 1);
      starts[next + 3] = filled;
      copyShort(out, starts[code & (starts.length - 1)], filled);
      filled += third;

      bits = Long.rotateLeft(bits, width);
      code = (int) bits & mask;
      int fourth = lengths[code & (lengths.length - 1)];
      if (fourth > SHORT) {
        next += 3;
        bit += 3 * width;
        before = third;
        break;
      }
      lengths[next + 3] = (byte) (third + 1);
      starts[next + 4] = filled;
      copyShort(out, starts[code & (starts.length - 1)], filled);
      filled += fourth;
      before = fourth;
      bit += CODES_A_WORD * width;
    }
    this.bit = bit;
    this.before = before;
    this.filled = filled;
    this.next = next;
    widen();
  }

  /** Returns how many codes can surely be decoded before a limit is met, in whole words. */
  private int codesWithoutLimits() {
    int beforeTable = endOfWidth() - next;
    int beforeOutput = (wanted - filled) / SHORT;
    long beforeInput = (endBit - Long.SIZE - bit) / width;
    int codes = (int) Math.min(Math.min(beforeTable, beforeOutput), beforeInput);
    return Math.max(0, codes) / CODES_A_WORD * CODES_A_WORD;
  }

  private static void copyShort(byte[] out, int source, int target) {
    NATIVE.set(out, target, (long) NATIVE.get(out, source));
  }

  /**
   * Decodes codes of any kind up to and with the next short string, and returns whether there may
   * be more.
   */
  private boolean decodeAnyCodes() throws ImageException {
    do {
      if (filled == wanted || bit + width > endBit) {
        return false;
      }
      int code = (int) (word() << (bit & 7) >>> (Long.SIZE - width));
      bit += width;
      if (code == END) {
        return false;
      }
      if (code == CLEAR) {
        clear();
      } else if (code <= next) {
        write(code);
      } else {
        throw corrupt(code);
      }
    } while (before > SHORT);
    return true;
  }

  /** Returns the 8 bytes from that of the next bit on, with 0 for those beyond the end. */
  private long word() {
    int at = (int) (bit >>> 3);
    if (at <= in.length - Long.BYTES) {
      return (long) BIG_ENDIAN.get(in, at);
    }
    long word = 0;
    for (int i = at; i < at + Long.BYTES; i++) {
      word = word << Byte.SIZE | (i < in.length ? in[i] & 0xff : 0);
    }
    return word;
  }

  /** Writes the string of a code that is defined, or is so by this string's own first byte. */
  private void write(int code) {
    lengths[next] = (byte) Math.min(before + 1, NOT_SHORT);
    starts[next + 1] = filled;
    int start = starts[code];
    int length = code < CLEAR ? 1 : starts[code + 1] - start + 1;
    before = Math.min(length, NOT_SHORT);
    int written = Math.min(length, wanted - filled);
    copy(start, written);
    filled += written;
    next++;
    widen();
  }

  /**
   * Copies a string to the end of the output, 8 bytes at a time.
   *
   * <p>Source and target overlap by one byte if the string is the one just being defined; copying
   * upwards then still reads each byte after it was written, but for the last, which equals the
   * first.
   */
  private void copy(int source, int length) {
    for (int i = 0; i < length; i += Long.BYTES) {
      copyShort(out, source + i, filled + i);
    }
    if (source < filled && source + length > filled) {
      out[filled + length - 1] = out[source];
    }
  }

  /** Makes codes wider where the table needs it, and goes round behind the end of a full one. */
  private void widen() {
    if (next == endOfWidth()) {
      if (width < MAX_WIDTH) {
        width++;
      } else {
        next = FULL + 1;
      }
    }
  }

  /** Returns the entry from which on codes have another width, or the last of all. */
  private int endOfWidth() {
    return width < MAX_WIDTH ? (1 << width) - 1 : TABLE_SIZE - 1;
  }

  private ImageException corrupt(int code) {
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
