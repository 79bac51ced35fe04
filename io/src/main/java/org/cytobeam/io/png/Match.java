package org.cytobeam.io.png;

/**
 * How Deflate writes a match: a symbol and extra bits for its length, and both for its distance
 * (RFC 1951 §3.2.5). The table there follows from arithmetic: beyond the smallest values each power
 * of two is divided into four lengths or two distances.
 */
final class Match {

  static final int LONGEST = 258;
  static final int FARTHEST = 1 << 15;

  private static final int FIRST_LENGTH_SYMBOL = 257;
  private static final int LONGEST_SYMBOL = 285;

  private Match() {}

  /** Returns the symbol of a length, 3 to 258. */
  static int lengthSymbol(int length) {
    int value = length - 3;
    if (value < 8) {
      return FIRST_LENGTH_SYMBOL + value;
    }
    if (length == LONGEST) {
      return LONGEST_SYMBOL;
    }
    int extra = lengthExtraBits(length);
    return FIRST_LENGTH_SYMBOL + 4 * (extra + 1) + ((value >>> extra) & 3);
  }

  /** Returns how many bits of {@code length - 3}, the lowest, follow the symbol. */
  static int lengthExtraBits(int length) {
    int value = length - 3;
    return value < 8 || length == LONGEST ? 0 : log2(value) - 2;
  }

  /** Returns the symbol of a distance, 1 to 32,768. */
  static int distanceSymbol(int distance) {
    int value = distance - 1;
    if (value < 4) {
      return value;
    }
    int extra = distanceExtraBits(distance);
    return 2 * (extra + 1) + ((value >>> extra) & 1);
  }

  /** Returns how many bits of {@code distance - 1}, the lowest, follow the symbol. */
  static int distanceExtraBits(int distance) {
    int value = distance - 1;
    return value < 4 ? 0 : log2(value) - 1;
  }

  private static int log2(int value) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value);
  }
}
