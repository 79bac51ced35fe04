package org.cytobeam.io.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.zip.Checksum;

/**
 * CRC-64/NVME, the checksum that S3 keeps of an object if its writer has not chosen another.
 *
 * <p>Its polynomial is 0xad93d23594c93659, taken lowest bit first; it begins with all bits set and
 * ends with all of them flipped. The nine digits {@code 123456789} have the checksum
 * 0xae8b14860a799888. Source: NVM Express NVM Command Set Specification, "64b CRC"; the polynomial
 * is there as 0x9a6c9329ac4bc9b5 with its bits reversed.
 *
 * <p>Sixteen bytes are taken at once, each looked up in a table of its own ("slicing": Kounavis and
 * Berry, A Systematic Approach to Building High Performance, Software-based, CRC Generators, 2005).
 */
public final class Crc64Nvme implements Checksum {

  private static final long REVERSED_POLYNOMIAL = 0x9a6c9329ac4bc9b5L;
  private static final int SLICES = 16;

  /** At {@code 256 * k + b} what the byte {@code b} becomes when {@code k} zeros follow it. */
  private static final long[] TABLES = tables();

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private long state = -1L;

  private static long[] tables() {
    long[] tables = new long[SLICES << 8];
    for (int b = 0; b < 256; b++) {
      long crc = b;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ (REVERSED_POLYNOMIAL & -(crc & 1));
      }
      tables[b] = crc;
    }
    for (int i = 256; i < tables.length; i++) {
      long before = tables[i - 256];
      tables[i] = (before >>> 8) ^ tables[(int) before & 0xff];
    }
    return tables;
  }

  @Override
  public void update(int b) {
    state = (state >>> 8) ^ TABLES[((int) state ^ b) & 0xff];
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    int end = offset + length;
    int i = offset;
    long crc = state;
    for (; i <= end - SLICES; i += SLICES) {
      long first = crc ^ (long) LONGS.get(bytes, i);
      long second = (long) LONGS.get(bytes, i + Long.BYTES);
      crc = slices(first, SLICES - 1) ^ slices(second, SLICES - 1 - Long.BYTES);
    }
    for (; i < end; i++) {
      crc = (crc >>> 8) ^ TABLES[((int) crc ^ bytes[i]) & 0xff];
    }
    state = crc;
  }

  /** Returns what eight bytes become, the lowest of which so many bytes follow. */
  private static long slices(long bytes, int following) {
    int table = following << 8;
    return TABLES[table + ((int) bytes & 0xff)]
        ^ TABLES[table - 0x100 + ((int) (bytes >>> 8) & 0xff)]
        ^ TABLES[table - 0x200 + ((int) (bytes >>> 16) & 0xff)]
        ^ TABLES[table - 0x300 + ((int) (bytes >>> 24) & 0xff)]
        ^ TABLES[table - 0x400 + ((int) (bytes >>> 32) & 0xff)]
        ^ TABLES[table - 0x500 + ((int) (bytes >>> 40) & 0xff)]
        ^ TABLES[table - 0x600 + ((int) (bytes >>> 48) & 0xff)]
        ^ TABLES[table - 0x700 + (int) (bytes >>> 56)];
  }

  @Override
  public long getValue() {
    return ~state;
  }

  @Override
  public void reset() {
    state = -1L;
  }
}
