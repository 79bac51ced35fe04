package org.cytobeam.io.png;

/** A Deflate block with Huffman codes of its own (RFC 1951 §3.2.7). */
final class DynamicBlock {

  /** Ends every block. */
  static final int END_OF_BLOCK = 256;

  /** How many symbols stand for literals, the end of the block and lengths of matches. */
  static final int LITERAL_SYMBOLS = 286;

  /** How many symbols stand for distances of matches. */
  static final int DISTANCE_SYMBOLS = 30;

  private static final int DYNAMIC = 2;

  private final HuffmanCode literals;
  private final HuffmanCode distances;
  private final CodeLengths codeLengths;
  private final long dataBits;

  /**
   * Creates a block for data in which literals and distances occur so often.
   *
   * @param literals a frequency for each literal or length; that of the end of the block is 1
   * @param distances a frequency for each distance
   */
  DynamicBlock(int[] literals, int[] distances) {
    this.literals = HuffmanCode.of(literals, HuffmanCode.LONGEST);
    this.distances = HuffmanCode.of(distances, HuffmanCode.LONGEST);
    this.codeLengths = new CodeLengths(this.literals.lengths(), this.distances.lengths());
    this.dataBits = this.literals.bits(literals) + this.distances.bits(distances);
  }

  /** Writes the head of the block, and reserves room for the rest and {@code extraBits} more. */
  void open(BitWriter out, boolean last, long extraBits) {
    out.reserve(3 + CodeLengths.MOST_BITS + dataBits + extraBits);
    out.put(last ? 1 : 0, 1);
    out.put(DYNAMIC, 2);
    codeLengths.write(out);
  }

  /** Writes the end of the block. */
  void close(BitWriter out) {
    out.putCode(literals.entries()[END_OF_BLOCK]);
  }

  /** Returns the code of literals, lengths and the end of the block. */
  HuffmanCode literals() {
    return literals;
  }

  /** Returns the code of distances. */
  HuffmanCode distances() {
    return distances;
  }
}
