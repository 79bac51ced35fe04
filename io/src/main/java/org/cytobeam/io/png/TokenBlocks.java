package org.cytobeam.io.png;

import java.util.Arrays;

/** Collects literals and matches and writes a block whenever enough of them have come together. */
final class TokenBlocks {

  private static final int BLOCK = 1 << 14;
  private static final int LENGTH_SHIFT = 16;
  private static final int DISTANCE_MASK = (1 << LENGTH_SHIFT) - 1;

  private final BitWriter out;
  private final int[] tokens = new int[BLOCK];
  private final int[] literals = new int[DynamicBlock.LITERAL_SYMBOLS];
  private final int[] distances = new int[DynamicBlock.DISTANCE_SYMBOLS];
  private int count;
  private long extraBits;

  TokenBlocks(BitWriter out) {
    this.out = out;
  }

  /** Adds one byte that is no part of a match. */
  void addLiteral(byte value) {
    makeRoom();
    tokens[count++] = value & 0xff;
    literals[value & 0xff]++;
  }

  /** Adds a repetition of {@code length} bytes that stand {@code distance} bytes before. */
  void addMatch(int length, int distance) {
    makeRoom();
    tokens[count++] = (length << LENGTH_SHIFT) | distance;
    literals[Match.lengthSymbol(length)]++;
    distances[Match.distanceSymbol(distance)]++;
    extraBits += Match.lengthExtraBits(length) + Match.distanceExtraBits(distance);
  }

  private void makeRoom() {
    if (count == BLOCK) {
      write(false);
    }
  }

  /** Writes what is left as the last block. */
  void finish() {
    write(true);
  }

  private void write(boolean last) {
    literals[DynamicBlock.END_OF_BLOCK] = 1;
    DynamicBlock block = new DynamicBlock(literals, distances);
    block.open(out, last, extraBits);
    int[] literalEntries = block.literals().entries();
    for (int i = 0; i < count; i++) {
      int token = tokens[i];
      if (token <= 0xff) {
        out.putCode(literalEntries[token]);
      } else {
        writeMatch(token >>> LENGTH_SHIFT, token & DISTANCE_MASK, block);
      }
    }
    block.close(out);
    Arrays.fill(literals, 0);
    Arrays.fill(distances, 0);
    count = 0;
    extraBits = 0;
  }

  private void writeMatch(int length, int distance, DynamicBlock block) {
    out.putCode(block.literals().entries()[Match.lengthSymbol(length)]);
    int lengthBits = Match.lengthExtraBits(length);
    out.put((length - 3) & ((1 << lengthBits) - 1), lengthBits);
    out.putCode(block.distances().entries()[Match.distanceSymbol(distance)]);
    int distanceBits = Match.distanceExtraBits(distance);
    out.put((distance - 1) & ((1 << distanceBits) - 1), distanceBits);
  }
}
