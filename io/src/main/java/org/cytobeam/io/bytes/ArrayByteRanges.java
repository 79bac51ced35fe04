package org.cytobeam.io.bytes;

import java.io.EOFException;
import java.util.Arrays;
import java.util.Optional;

/** Ranges over an array in memory. */
final class ArrayByteRanges implements ByteRanges {

  private final byte[] bytes;

  ArrayByteRanges(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public Optional<String> identity() {
    return Optional.empty();
  }

  @Override
  public byte[] read(long offset, int length) throws EOFException {
    if (offset < 0 || length < 0 || offset > bytes.length - (long) length) {
      throw new EOFException(
          "bytes " + offset + "+" + length + " lie outside the " + bytes.length + " there are");
    }
    return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
  }

  @Override
  public void close() {}
}
