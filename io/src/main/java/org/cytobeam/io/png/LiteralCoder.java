package org.cytobeam.io.png;

/**
 * Deflate without matches: every byte by the Huffman code of its block. On noise, where matches are
 * few and short, this is smaller than a matcher's output, and many times faster.
 */
final class LiteralCoder {

  /**
   * Short enough to follow an image from background to cells, long against a code's own 60 bytes.
   */
  private static final int BLOCK = 1 << 15;

  private LiteralCoder() {}

  /** Writes all bytes, at least one, as blocks of which the last is marked so. */
  static void write(byte[] data, BitWriter out) {
    for (int from = 0; from < data.length; from += BLOCK) {
      int to = Math.min(from + BLOCK, data.length);
      DynamicBlock block =
          new DynamicBlock(frequencies(data, from, to), new int[DynamicBlock.DISTANCE_SYMBOLS]);
      block.open(out, to == data.length, 0);
      out.putCodes(data, from, to, block.literals().entries());
      block.close(out);
    }
  }

  private static int[] frequencies(byte[] data, int from, int to) {
    int[] frequencies = new int[DynamicBlock.LITERAL_SYMBOLS];
    int[] others = new int[256];
    int i = from;
    for (; i + 2 <= to; i += 2) {
      frequencies[data[i] & 0xff]++;
      others[data[i + 1] & 0xff]++;
    }
    if (i < to) {
      frequencies[data[i] & 0xff]++;
    }
    for (int symbol = 0; symbol < others.length; symbol++) {
      frequencies[symbol] += others[symbol];
    }
    frequencies[DynamicBlock.END_OF_BLOCK] = 1;
    return frequencies;
  }
}
