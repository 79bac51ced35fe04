package org.cytobeam.io.png;

import java.util.Arrays;

/** Bits in the order of Deflate, the least significant first, written into an array that grows. */
final class BitWriter {

  private byte[] bytes;
  private int length;
  private long pending;
  private int pendingBits;

  /** Creates a writer behind {@code offset} bytes that are left free for the caller. */
  BitWriter(int offset, int capacity) {
    this.bytes = new byte[offset + capacity];
    this.length = offset;
  }

  /** Makes room for so many bits; nothing else does. */
  void reserve(long bits) {
    long needed = length + bits / Byte.SIZE + 2 * Long.BYTES;
    if (needed > bytes.length) {
      long grown =
          Math.max(needed, Math.min(bytes.length + bytes.length / 2L, Integer.MAX_VALUE - 8));
      bytes = Arrays.copyOf(bytes, Math.toIntExact(grown));
    }
  }

  /** Writes the low {@code count} bits of a value, at most 32, whose other bits are 0. */
  void put(int value, int count) {
    pending |= (value & 0xffff_ffffL) << pendingBits;
    pendingBits += count;
    flushWholeBytes();
  }

  /** Writes the code of an entry of a {@link HuffmanCode}. */
  void putCode(int entry) {
    put(entry >>> HuffmanCode.LENGTH_BITS, entry & HuffmanCode.LENGTH_MASK);
  }

  /**
   * Writes the codes of a range of symbols, none longer than {@link HuffmanCode#LONGEST}.
   *
   * <p>Bits enter a word at its top and move down, so that a step is one shift by the length of the
   * code and one "or" with an entry of both, code above and length below. The lengths that get into
   * the word move out of it before they come near the bits.
   */
  void putCodes(byte[] symbols, int from, int to, HuffmanCode code) {
    long[] entries = code.topEntries();
    byte[] target = bytes;
    int at = length;
    int count = pendingBits;
    long word = pending << -count;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      long first = entries[symbols[i] & 0xff];
      word = word >>> (int) first | first;
      long second = entries[symbols[i + 1] & 0xff];
      word = word >>> (int) second | second;
      long third = entries[symbols[i + 2] & 0xff];
      word = word >>> (int) third | third;
      long fourth = entries[symbols[i + 3] & 0xff];
      word = word >>> (int) fourth | fourth;
      count += (int) first + (int) second + (int) third + (int) fourth;
      LittleEndian.putLong(target, at, word >>> -count);
      at += count >>> 3;
      count &= 7;
    }
    length = at;
    pendingBits = count;
    pending = count == 0 ? 0 : word >>> -count;
    for (; i < to; i++) {
      putCode(code.entries()[symbols[i] & 0xff]);
    }
  }

  private void flushWholeBytes() {
    LittleEndian.putLong(bytes, length, pending);
    length += pendingBits >>> 3;
    pending >>>= pendingBits & ~7;
    pendingBits &= 7;
  }

  /** Fills the last byte with zeros. */
  void align() {
    put(0, -pendingBits & 7);
  }

  /** Returns the array, whose first {@link #length()} bytes are written. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns the number of whole bytes written, those left free at the start included. */
  int length() {
    return length;
  }
}
