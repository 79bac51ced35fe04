package org.cytobeam.io.png;

import java.util.Arrays;

/**
 * A canonical Huffman code of bounded length, as Deflate wants it (RFC 1951 §3.2.2).
 *
 * <p>Codes are held with their bits reversed, in the order in which they are written.
 */
final class HuffmanCode {

  /**
   * The greatest length used here for the codes of data. Deflate allows 15; with 13, four codes and
   * the seven bits left over before them leave free the lowest five of 64, where a length stands.
   */
  static final int LONGEST = 13;

  /** How many low bits of an entry hold the length of the code. */
  static final int LENGTH_BITS = 4;

  /** Takes the length of the code out of an entry. */
  static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

  private static final int SYMBOL_BITS = 9;
  private static final int SYMBOL_MASK = (1 << SYMBOL_BITS) - 1;

  private final byte[] lengths;
  private final int[] entries;

  private HuffmanCode(byte[] lengths) {
    this.lengths = lengths;
    this.entries = entries(lengths);
  }

  /**
   * Returns a code for symbols of these frequencies; a symbol of frequency 0 gets none.
   *
   * @param frequencies at most 512 of them, and at most 2^{@code longest} above 0
   * @param longest the greatest length of a code, at most {@link #LONGEST}
   */
  static HuffmanCode of(int[] frequencies, int longest) {
    byte[] lengths = new byte[frequencies.length];
    long[] leaves = leavesByFrequency(frequencies);
    if (leaves.length == 1) {
      lengths[symbol(leaves[0])] = 1;
    } else if (leaves.length > 1) {
      int[] depths = depths(leaves);
      int[] countOfLength = bounded(depths, longest);
      assign(leaves, countOfLength, lengths);
    }
    return new HuffmanCode(lengths);
  }

  private static long[] leavesByFrequency(int[] frequencies) {
    long[] leaves = new long[frequencies.length];
    int count = 0;
    for (int symbol = 0; symbol < frequencies.length; symbol++) {
      if (frequencies[symbol] > 0) {
        leaves[count++] = ((long) frequencies[symbol] << SYMBOL_BITS) | symbol;
      }
    }
    long[] sorted = Arrays.copyOf(leaves, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private static int symbol(long leaf) {
    return (int) leaf & SYMBOL_MASK;
  }

  /**
   * Returns the depth of each leaf in a Huffman tree. As leaves come in rising order, so do the
   * inner nodes that they are merged into, and two queues take the place of a heap.
   */
  private static int[] depths(long[] leaves) {
    int inner = leaves.length - 1;
    long[] weights = new long[inner];
    int[] parents = new int[leaves.length + inner];
    int leaf = 0;
    int node = 0;
    for (int made = 0; made < inner; made++) {
      for (int child = 0; child < 2; child++) {
        boolean takeLeaf =
            leaf < leaves.length && (node == made || leaves[leaf] >> SYMBOL_BITS <= weights[node]);
        weights[made] += takeLeaf ? leaves[leaf] >> SYMBOL_BITS : weights[node];
        parents[takeLeaf ? leaf++ : leaves.length + node++] = leaves.length + made;
      }
    }
    int[] depths = new int[parents.length];
    for (int i = parents.length - 2; i >= 0; i--) {
      depths[i] = depths[parents[i]] + 1;
    }
    return Arrays.copyOf(depths, leaves.length);
  }

  /**
   * Returns how many codes there are of each length once none is longer than allowed. What lies too
   * deep is lifted to the bottom; then, until the code is prefix-free again, one leaf above the
   * bottom moves a level down and takes one from the bottom as its sibling.
   */
  private static int[] bounded(int[] depths, int longest) {
    int[] countOfLength = new int[longest + 1];
    long used = 0;
    for (int depth : depths) {
      int length = Math.min(depth, longest);
      countOfLength[length]++;
      used += 1L << (longest - length);
    }
    for (; used > (1L << longest); used--) {
      int length = longest - 1;
      while (countOfLength[length] == 0) {
        length--;
      }
      countOfLength[length]--;
      countOfLength[length + 1] += 2;
      countOfLength[longest]--;
    }
    return countOfLength;
  }

  private static void assign(long[] leaves, int[] countOfLength, byte[] lengths) {
    int leaf = 0;
    for (int length = countOfLength.length - 1; length > 0; length--) {
      for (int i = 0; i < countOfLength[length]; i++) {
        lengths[symbol(leaves[leaf++])] = (byte) length;
      }
    }
  }

  private static int[] entries(byte[] lengths) {
    int[] next = new int[1 << LENGTH_BITS];
    for (byte length : lengths) {
      if (length > 0) {
        next[length + 1]++;
      }
    }
    for (int length = 1; length < next.length; length++) {
      next[length] = (next[length] + next[length - 1]) << 1;
    }
    int[] entries = new int[lengths.length];
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      int length = lengths[symbol];
      if (length > 0) {
        int code = Integer.reverse(next[length]++) >>> (Integer.SIZE - length);
        entries[symbol] = (code << LENGTH_BITS) | length;
      }
    }
    return entries;
  }

  /** Returns the length of each symbol's code, 0 where it has none; not to be changed. */
  byte[] lengths() {
    return lengths;
  }

  /**
   * Returns each symbol's code, shifted left by {@link #LENGTH_BITS}, with its length below; not to
   * be changed.
   */
  int[] entries() {
    return entries;
  }

  /** Returns each symbol's code in the highest bits of a word, with its length in the lowest. */
  long[] topEntries() {
    long[] tops = new long[entries.length];
    for (int symbol = 0; symbol < tops.length; symbol++) {
      long length = lengths[symbol];
      tops[symbol] = (long) (entries[symbol] >>> LENGTH_BITS) << -length | length;
    }
    return tops;
  }

  /** Returns how many bits symbols of these frequencies take. */
  long bits(int[] frequencies) {
    long bits = 0;
    for (int symbol = 0; symbol < frequencies.length; symbol++) {
      bits += (long) frequencies[symbol] * lengths[symbol];
    }
    return bits;
  }
}
