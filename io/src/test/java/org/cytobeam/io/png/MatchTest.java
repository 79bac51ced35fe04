package org.cytobeam.io.png;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

/** The tables of RFC 1951 §3.2.5. */
class MatchTest {

  private static final int[] FIRST_LENGTHS = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227
  };
  private static final int[] LENGTH_BITS = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5
  };
  private static final int[] FIRST_DISTANCES = {
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12_289, 16_385, 24_577
  };
  private static final int[] DISTANCE_BITS = {
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13
  };

  @Test
  void namesEveryLength() {
    for (int length = 3; length < 258; length++) {
      int row = row(FIRST_LENGTHS, length);
      assertThat(Match.lengthSymbol(length), is(257 + row));
      assertThat(Match.lengthExtraBits(length), is(LENGTH_BITS[row]));
    }
    assertThat(Match.lengthSymbol(258), is(285));
    assertThat(Match.lengthExtraBits(258), is(0));
  }

  @Test
  void namesEveryDistance() {
    for (int distance = 1; distance <= 32_768; distance++) {
      int row = row(FIRST_DISTANCES, distance);
      assertThat(Match.distanceSymbol(distance), is(row));
      assertThat(Match.distanceExtraBits(distance), is(DISTANCE_BITS[row]));
    }
  }

  private static int row(int[] firsts, int value) {
    int row = firsts.length - 1;
    while (firsts[row] > value) {
      row--;
    }
    return row;
  }
}
