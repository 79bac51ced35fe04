package org.cytobeam.io.png;

/**
 * The lengths of a block's codes, run-length coded and then Huffman coded themselves (RFC 1951
 * §3.2.7).
 */
final class CodeLengths {

  /** No lengths take more bits than these. */
  static final int MOST_BITS = 14 + 19 * 3 + (286 + 30) * 7;

  private static final int COPY_PREVIOUS = 16;
  private static final int FEW_ZEROS = 17;
  private static final int MANY_ZEROS = 18;
  private static final int SYMBOLS = 19;
  private static final int LONGEST = 7;

  /** The order in which the lengths of this code's own codes are written. */
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private final int literalCount;
  private final int distanceCount;
  private final int[] symbols;
  private final int[] repeats;
  private int runs;

  CodeLengths(byte[] literals, byte[] distances) {
    literalCount = used(literals, 257);
    distanceCount = used(distances, 1);
    symbols = new int[literalCount + distanceCount];
    repeats = new int[literalCount + distanceCount];
    byte[] all = new byte[literalCount + distanceCount];
    System.arraycopy(literals, 0, all, 0, literalCount);
    System.arraycopy(distances, 0, all, literalCount, distanceCount);
    split(all);
  }

  private static int used(byte[] lengths, int least) {
    int count = lengths.length;
    while (count > least && lengths[count - 1] == 0) {
      count--;
    }
    return count;
  }

  private void split(byte[] lengths) {
    int at = 0;
    while (at < lengths.length) {
      byte length = lengths[at];
      int end = at + 1;
      while (end < lengths.length && lengths[end] == length) {
        end++;
      }
      if (length == 0) {
        addZeros(end - at);
      } else {
        addRun(length, end - at);
      }
      at = end;
    }
  }

  private void addZeros(int count) {
    int left = count;
    while (left >= 3) {
      int run = Math.min(left, 138);
      add(run <= 10 ? FEW_ZEROS : MANY_ZEROS, run);
      left -= run;
    }
    for (; left > 0; left--) {
      add(0, 1);
    }
  }

  private void addRun(int length, int count) {
    add(length, 1);
    int left = count - 1;
    while (left >= 3) {
      int run = Math.min(left, 6);
      add(COPY_PREVIOUS, run);
      left -= run;
    }
    for (; left > 0; left--) {
      add(length, 1);
    }
  }

  private void add(int symbol, int repeat) {
    symbols[runs] = symbol;
    repeats[runs++] = repeat;
  }

  /** Writes the numbers of codes and their lengths. */
  void write(BitWriter out) {
    int[] frequencies = new int[SYMBOLS];
    for (int i = 0; i < runs; i++) {
      frequencies[symbols[i]]++;
    }
    HuffmanCode code = HuffmanCode.of(frequencies, LONGEST);
    int orderCount = SYMBOLS;
    while (orderCount > 4 && frequencies[ORDER[orderCount - 1]] == 0) {
      orderCount--;
    }
    out.put(literalCount - 257, 5);
    out.put(distanceCount - 1, 5);
    out.put(orderCount - 4, 4);
    for (int i = 0; i < orderCount; i++) {
      out.put(code.lengths()[ORDER[i]], 3);
    }
    for (int i = 0; i < runs; i++) {
      out.putCode(code.entries()[symbols[i]]);
      switch (symbols[i]) {
        case COPY_PREVIOUS -> out.put(repeats[i] - 3, 2);
        case FEW_ZEROS -> out.put(repeats[i] - 3, 3);
        case MANY_ZEROS -> out.put(repeats[i] - 11, 7);
        default -> {}
      }
    }
  }
}
