package org.cytobeam.io.png;

import java.util.Arrays;

/** Tells cheaply whether bytes repeat themselves enough for a {@link StringMatcher} to pay. */
final class RepeatProbe {

  /** Long enough that residuals of noise rarely repeat it, even where they take under two bits. */
  private static final int STRING = 24;

  /**
   * The share of the sample in repeated strings from which matches are looked for. Micrographs
   * reach 0.15; masks, test patterns and cells on an empty background start at 0.75.
   */
  private static final double SHARE = 0.4;

  private static final int STRETCHES = 32;
  private static final int STRETCH = 512;
  private static final int HASH_BITS = 14;

  private RepeatProbe() {}

  /** Returns whether much of an evenly spread sample of the bytes has occurred in it before. */
  static boolean finds(byte[] data) {
    int[] places = new int[1 << HASH_BITS];
    int step = Math.max(data.length / STRETCHES, STRETCH);
    long sampled = 0;
    long repeated = 0;
    for (long from = 0; from < data.length; from += step) {
      int to = (int) Math.min(from + STRETCH, data.length);
      sampled += to - from;
      repeated += repeatedBytes(data, (int) from, to, places);
    }
    return repeated >= sampled * SHARE;
  }

  private static int repeatedBytes(byte[] data, int from, int to, int[] places) {
    int repeated = 0;
    int at = from;
    while (at + STRING <= to) {
      int hash = hash(data, at);
      int place = places[hash];
      places[hash] = at;
      if (place < at && Arrays.equals(data, place, place + STRING, data, at, at + STRING)) {
        repeated += STRING;
        at += STRING;
      } else {
        at++;
      }
    }
    return repeated;
  }

  private static int hash(byte[] data, int at) {
    long hash = 0;
    for (int i = 0; i < STRING; i += Long.BYTES) {
      hash = (hash ^ LittleEndian.getLong(data, at + i)) * 0x9E3779B97F4A7C15L;
    }
    return (int) (hash >>> (Long.SIZE - HASH_BITS));
  }
}
