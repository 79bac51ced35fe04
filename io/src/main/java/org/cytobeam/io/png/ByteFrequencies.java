package org.cytobeam.io.png;

/**
 * How often each byte occurs.
 *
 * <p>Neighbours are counted in different tables: one counter that is raised twice in a row has to
 * wait for itself.
 */
final class ByteFrequencies {

  private static final int VALUES = 256;

  private ByteFrequencies() {}

  /** Returns 256 frequencies, of the bytes as unsigned values in a range of an array. */
  static int[] of(byte[] data, int from, int to) {
    int[] frequencies = new int[VALUES];
    int[] second = new int[VALUES];
    int[] third = new int[VALUES];
    int[] fourth = new int[VALUES];
    int i = from;
    for (; i + 4 <= to; i += 4) {
      frequencies[data[i] & 0xff]++;
      second[data[i + 1] & 0xff]++;
      third[data[i + 2] & 0xff]++;
      fourth[data[i + 3] & 0xff]++;
    }
    for (; i < to; i++) {
      frequencies[data[i] & 0xff]++;
    }
    for (int value = 0; value < VALUES; value++) {
      frequencies[value] += second[value] + third[value] + fourth[value];
    }
    return frequencies;
  }
}
