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
    int from = slice(offset, length).from();
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  @Override
  public Slice slice(long offset, int length) throws EOFException {
    if (offset < 0 || length < 0 || offset > bytes.length - (long) length) {
      throw new EOFException(
          "bytes " + offset + "+" + length + " lie outside the " + bytes.length + " there are");
    }
    return new Slice(bytes, (int) offset);
  }

  @Override
  public void close() {}
}
