package org.cytobeam.io.bytes;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;

/**
 * A fixed sequence of bytes that can be read in ranges.
 *
 * <p>Format readers ask for what they need and never for more than {@link #size()} allows, so that
 * a header costs a header's bytes wherever the file lies. Implementations are safe for use by one
 * thread at a time.
 */
public interface ByteRanges extends Closeable {

  /** Returns the number of bytes in the whole sequence. */
  long size();

  /**
   * Returns what changes when the bytes change (an ETag, say), or empty if nothing is known to do
   * so.
   */
  Optional<String> identity();

  /**
   * Reads exactly {@code length} bytes from {@code offset}.
   *
   * @throws EOFException if the range does not lie inside the sequence; nothing is allocated then
   * @throws IOException if the bytes can't be had
   */
  byte[] read(long offset, int length) throws IOException;

  /**
   * Reads as {@link #read} does, without a copy where the bytes lie in memory already.
   *
   * @return an array that has them from an index on, to be read only
   */
  default Slice slice(long offset, int length) throws IOException {
    return new Slice(read(offset, length), 0);
  }

  /**
   * Bytes in an array that may have others before and behind them.
   *
   * @param array to be read only
   * @param from where in the array they start
   */
  @SuppressWarnings("ArrayRecordComponent") // a place, not a value
  record Slice(byte[] array, int from) {}

  /** Returns ranges over an array, which is not copied. */
  static ByteRanges of(byte[] bytes) {
    return new ArrayByteRanges(bytes);
  }
}
