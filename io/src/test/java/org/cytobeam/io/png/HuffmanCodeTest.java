package org.cytobeam.io.png;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.Arrays;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HuffmanCodeTest {

  @Test
  void givesTheCodesOfTheSpecification() {
    int[] frequencies = {3, 3, 3, 3, 3, 6, 1, 1};

    HuffmanCode code = HuffmanCode.of(frequencies, 13);

    assertThat(code.lengths(), is(new byte[] {3, 3, 3, 3, 3, 2, 4, 4}));
    assertThat(
        Arrays.stream(code.entries()).mapToObj(HuffmanCodeTest::written).toList(),
        is(Arrays.asList("010", "011", "100", "101", "110", "00", "1110", "1111")));
  }

  @Test
  void givesNoCodeToNothingAndOneBitToASingleSymbol() {
    assertThat(HuffmanCode.of(new int[3], 13).lengths(), is(new byte[] {0, 0, 0}));
    assertThat(HuffmanCode.of(new int[] {0, 9, 0}, 13).lengths(), is(new byte[] {0, 1, 0}));
  }

  @Test
  void boundsTheLengthWhereFrequenciesGrowLikeFibonacci() {
    int[] frequencies = new int[30];
    frequencies[0] = 1;
    frequencies[1] = 1;
    for (int i = 2; i < frequencies.length; i++) {
      frequencies[i] = frequencies[i - 1] + frequencies[i - 2];
    }

    assertComplete(HuffmanCode.of(frequencies, 13), 13);
    assertComplete(HuffmanCode.of(frequencies, 7), 7);
    assertComplete(HuffmanCode.of(frequencies, 5), 5);
  }

  @Property
  void isCompleteAndPrefixFreeWithinTheBound(@ForAll("frequencies") int[] frequencies) {
    int used = (int) Arrays.stream(frequencies).filter(frequency -> frequency > 0).count();
    int shortest = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(used - 1));
    for (int longest = shortest; longest <= HuffmanCode.LONGEST; longest++) {
      HuffmanCode code = HuffmanCode.of(frequencies, longest);
      for (int symbol = 0; symbol < frequencies.length; symbol++) {
        assertThat(code.lengths()[symbol] > 0, is(frequencies[symbol] > 0));
      }
      assertComplete(code, longest);
    }
  }

  @Property
  void takesTheFewestBitsPossibleWhereTheBoundDoesNotBind(
      @ForAll("frequencies") int[] frequencies) {
    HuffmanCode code = HuffmanCode.of(frequencies, 13);

    assertThat(code.bits(frequencies), is(greaterThanOrEqualTo(fewestBits(frequencies))));
    boolean unbound = true;
    for (byte length : code.lengths()) {
      unbound &= length < 13;
    }
    if (unbound) {
      assertThat(code.bits(frequencies), is(fewestBits(frequencies)));
    }
  }

  @Provide
  Arbitrary<int[]> frequencies() {
    Arbitrary<Integer> frequency =
        Arbitraries.oneOf(
            Arbitraries.just(0),
            Arbitraries.integers().between(0, 5),
            Arbitraries.integers().between(0, 40_000),
            Arbitraries.integers().between(0, 24).map(exponent -> 1 << exponent));
    return frequency.array(int[].class).ofMinSize(2).ofMaxSize(60).filter(f -> used(f) >= 2);
  }

  private static long used(int[] frequencies) {
    return Arrays.stream(frequencies).filter(frequency -> frequency > 0).count();
  }

  /** The sum of all inner nodes of a Huffman tree, built with a heap. */
  private static long fewestBits(int[] frequencies) {
    PriorityQueue<Long> nodes = new PriorityQueue<>();
    Arrays.stream(frequencies).filter(f -> f > 0).forEach(f -> nodes.add((long) f));
    long bits = 0;
    while (nodes.size() > 1) {
      long merged = nodes.remove() + nodes.remove();
      bits += merged;
      nodes.add(merged);
    }
    return bits;
  }

  private static void assertComplete(HuffmanCode code, int longest) {
    long share = 0;
    Set<String> prefixes = new HashSet<>();
    Set<String> codes = new HashSet<>();
    for (int entry : code.entries()) {
      String bits = written(entry);
      if (!bits.isEmpty()) {
        assertThat(bits.length(), is(lessThanOrEqualTo(longest)));
        share += 1L << (longest - bits.length());
        codes.add(bits);
        for (int i = 1; i < bits.length(); i++) {
          prefixes.add(bits.substring(0, i));
        }
      }
    }
    assertThat(share, is(1L << longest));
    codes.retainAll(prefixes);
    assertThat(codes.isEmpty(), is(true));
  }

  /** Returns the bits of an entry in the order in which they are written. */
  private static String written(int entry) {
    StringBuilder bits = new StringBuilder();
    for (int i = 0; i < (entry & HuffmanCode.LENGTH_MASK); i++) {
      bits.append((entry >>> (HuffmanCode.LENGTH_BITS + i)) & 1);
    }
    return bits.toString();
  }
}
