package org.cytobeam.io.png;

import java.util.Arrays;

/**
 * Deflate without matches: every byte by the Huffman code of its block. On noise, where matches are
 * few and short, this is smaller than a matcher's output, and many times faster.
 */
final class LiteralCoder {

  /**
   * Short enough to follow an image from background to cells, long against a code's own 60 bytes.
   */
  private static final int BLOCK = 1 << 16;

  private LiteralCoder() {}

  /** Writes all bytes, at least one, as blocks of which the last is marked so. */
  static void write(byte[] data, BitWriter out) {
    for (int from = 0; from < data.length; from += BLOCK) {
      int to = Math.min(from + BLOCK, data.length);
      DynamicBlock block =
          new DynamicBlock(literals(data, from, to), new int[DynamicBlock.DISTANCE_SYMBOLS]);
      block.open(out, to == data.length, 0);
      out.putCodes(data, from, to, block.literals());
      block.close(out);
    }
  }

  private static int[] literals(byte[] data, int from, int to) {
    int[] literals =
        Arrays.copyOf(ByteFrequencies.of(data, from, to), DynamicBlock.LITERAL_SYMBOLS);
    literals[DynamicBlock.END_OF_BLOCK] = 1;
    return literals;
  }
}
