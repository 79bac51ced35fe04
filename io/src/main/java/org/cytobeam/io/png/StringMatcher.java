package org.cytobeam.io.png;

import java.util.Arrays;

/**
 * Deflate with matches, found through chains of earlier places with the same hash. A match is put
 * off by one byte where a longer one starts there.
 */
final class StringMatcher {

  /** Shorter matches cost about as much as the few-bit literals that filtered flat images have. */
  private static final int SHORTEST = 6;

  /** A match this long is taken at once. */
  private static final int LONG_ENOUGH = 64;

  private static final int MOST_CANDIDATES = 32;
  private static final int HASH_BITS = 15;
  private static final int WINDOW_MASK = Match.FARTHEST - 1;

  private final byte[] data;
  private final int[] newest = new int[1 << HASH_BITS];
  private final int[] before = new int[Match.FARTHEST];
  private int length;
  private int distance;

  private StringMatcher(byte[] data) {
    this.data = data;
    Arrays.fill(newest, -1);
  }

  /** Writes all bytes, at least one, as blocks of which the last is marked so. */
  static void write(byte[] data, BitWriter out) {
    TokenBlocks blocks = new TokenBlocks(out);
    new StringMatcher(data).match(blocks);
    blocks.finish();
  }

  private void match(TokenBlocks blocks) {
    int at = 0;
    find(at);
    while (at < data.length) {
      if (length < SHORTEST) {
        blocks.addLiteral(data[at++]);
        find(at);
        continue;
      }
      int thisLength = length;
      int thisDistance = distance;
      if (thisLength < LONG_ENOUGH) {
        find(at + 1);
        if (length > thisLength) {
          blocks.addLiteral(data[at++]);
          continue;
        }
        enterRange(at + 2, at + thisLength);
      } else {
        enterRange(at + 1, at + thisLength);
      }
      blocks.addMatch(thisLength, thisDistance);
      at += thisLength;
      find(at);
    }
  }

  /** Finds the longest match at a place, the nearest of equals, and enters the place itself. */
  private void find(int at) {
    length = 0;
    if (at + SHORTEST > data.length) {
      return;
    }
    int most = Math.min(Match.LONGEST, data.length - at);
    int candidate = newest[hash(at)];
    for (int tried = 0; tried < MOST_CANDIDATES && inWindow(candidate, at); tried++) {
      if (length == 0 || data[candidate + length] == data[at + length]) {
        int common = common(candidate, at, most);
        if (common > length) {
          length = common;
          distance = at - candidate;
          if (common == most || common >= LONG_ENOUGH) {
            break;
          }
        }
      }
      candidate = before[candidate & WINDOW_MASK];
    }
    enter(at);
  }

  private static boolean inWindow(int candidate, int at) {
    return candidate >= 0 && at - candidate <= Match.FARTHEST - 1;
  }

  private int common(int candidate, int at, int most) {
    int mismatch = Arrays.mismatch(data, candidate, candidate + most, data, at, at + most);
    return mismatch < 0 ? most : mismatch;
  }

  private void enterRange(int from, int to) {
    for (int at = from; at < to && at + SHORTEST <= data.length; at++) {
      enter(at);
    }
  }

  private void enter(int at) {
    int hash = hash(at);
    before[at & WINDOW_MASK] = newest[hash];
    newest[hash] = at;
  }

  private int hash(int at) {
    return (LittleEndian.getInt(data, at) * 0x9E3779B1) >>> (Integer.SIZE - HASH_BITS);
  }
}
