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

  /** Writes the codes of a range of symbols, none longer than {@link HuffmanCode#LONGEST}. */
  void putCodes(byte[] symbols, int from, int to, int[] entries) {
    int i = from;
    long bits = pending;
    int count = pendingBits;
    int at = length;
    byte[] target = bytes;
    for (; i + 4 <= to; i += 4) {
      int first = entries[symbols[i] & 0xff];
      bits |= (long) (first >>> HuffmanCode.LENGTH_BITS) << count;
      count += first & HuffmanCode.LENGTH_MASK;
      int second = entries[symbols[i + 1] & 0xff];
      bits |= (long) (second >>> HuffmanCode.LENGTH_BITS) << count;
      count += second & HuffmanCode.LENGTH_MASK;
      int third = entries[symbols[i + 2] & 0xff];
      bits |= (long) (third >>> HuffmanCode.LENGTH_BITS) << count;
      count += third & HuffmanCode.LENGTH_MASK;
      int fourth = entries[symbols[i + 3] & 0xff];
      bits |= (long) (fourth >>> HuffmanCode.LENGTH_BITS) << count;
      count += fourth & HuffmanCode.LENGTH_MASK;
      LittleEndian.putLong(target, at, bits);
      at += count >>> 3;
      bits >>>= count & ~7;
      count &= 7;
    }
    pending = bits;
    pendingBits = count;
    length = at;
    for (; i < to; i++) {
      putCode(entries[symbols[i] & 0xff]);
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
