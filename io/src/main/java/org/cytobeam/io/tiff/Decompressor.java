package org.cytobeam.io.tiff;

import org.cytobeam.io.pixels.ImageException;

/**
 * Decompresses one strip or tile after the other.
 *
 * <p>Work and memory are bounded by the lengths given: data that would go on beyond the length
 * asked for is ignored, as libtiff does.
 */
interface Decompressor extends AutoCloseable {

  /**
   * How many bytes behind the last one asked for an output array must have, to be scribbled on:
   * enough for a table of all bytes between two words.
   */
  int SLACK = Long.BYTES + 256 + Long.BYTES;

  /**
   * Fills the first {@code length} bytes of {@code out} from {@code in[from, from + count)}.
   *
   * @param out at least {@code length + SLACK} bytes
   * @throws ImageException TRUNCATED if the data end too early, UNDECODABLE if they contradict
   *     themselves, UNSUPPORTED if they are of a kind that is not read here
   */
  void decompress(byte[] in, int from, int count, byte[] out, int length) throws ImageException;

  /** Gives back what lies outside the heap, if anything does. */
  @Override
  default void close() {}
}
