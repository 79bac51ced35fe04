package org.cytobeam.io.png;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Tells cheaply whether bytes repeat themselves enough for a {@link StringMatcher} to pay. */
final class RepeatProbe {

  private static final int SAMPLED_ROWS = 48;
  private static final int HASH_BITS = 14;
  private static final int SHARE = 8;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private RepeatProbe() {}

  /**
   * Returns whether, in a sample of the rows, at least an eighth of the bytes lie in words of eight
   * that stood there before.
   */
  static boolean finds(byte[] data, int rowLength) {
    int[] places = new int[1 << HASH_BITS];
    int rows = data.length / rowLength;
    int sampled = Math.min(rows, SAMPLED_ROWS);
    long repeated = 0;
    for (int i = 0; i < sampled; i++) {
      int from = (int) ((long) i * rows / sampled) * rowLength;
      repeated += repeatedBytes(data, from, from + rowLength, places);
    }
    return repeated * SHARE >= (long) sampled * rowLength;
  }

  private static int repeatedBytes(byte[] data, int from, int to, int[] places) {
    int repeated = 0;
    int at = from;
    while (at + Long.BYTES <= to) {
      long word = (long) LONG.get(data, at);
      int hash = (int) ((word * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - HASH_BITS));
      int place = places[hash];
      places[hash] = at;
      if (place < at && (long) LONG.get(data, place) == word) {
        repeated += Long.BYTES;
        at += Long.BYTES;
      } else {
        at++;
      }
    }
    return repeated;
  }
}
