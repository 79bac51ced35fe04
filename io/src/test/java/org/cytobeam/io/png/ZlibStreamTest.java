package org.cytobeam.io.png;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZlibStreamTest {

  @Property(tries = 2000)
  void inflatesToTheSameBytes(@ForAll("data") byte[] data, @ForAll boolean matchStrings) {
    assertInflates(data, matchStrings);
  }

  @Provide
  Arbitrary<byte[]> data() {
    Arbitrary<Integer> lengths =
        Arbitraries.oneOf(
            Arbitraries.integers().between(1, 300),
            Arbitraries.of(32_767, 32_768, 32_769, 65_536, 70_000));
    Arbitrary<Integer> values = Arbitraries.of(1, 2, 3, 17, 256);
    Arbitrary<Integer> periods = Arbitraries.of(1, 2, 7, 258, 769, 32_767, 32_768, 32_769, 99_999);
    return Combinators.combine(lengths, values, periods, Arbitraries.longs())
        .as(ZlibStreamTest::periodic);
  }

  /** Returns bytes that repeat after a period, but for about one in five hundred. */
  private static byte[] periodic(int length, int values, int period, long seed) {
    Random random = new Random(seed);
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      boolean repeats = i >= period && random.nextInt(500) > 0;
      data[i] = repeats ? data[i - period] : (byte) random.nextInt(values);
    }
    return data;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void boundsCodesOfVeryUnequalFrequencies(boolean matchStrings) {
    byte[] data = new byte[1 << 21];
    Random random = new Random(1);
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) Math.min(Long.numberOfTrailingZeros(random.nextLong()), 25);
    }

    assertInflates(data, matchStrings);
  }

  /** Values that occur once have the longest codes; here many come one behind the other. */
  @ParameterizedTest
  @ValueSource(ints = {20_000, 20_001, 20_002, 20_003})
  void writesManyOfTheLongestCodesInARow(int from) {
    byte[] data = new byte[1 << 15];
    Random random = new Random(2);
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) Math.min(Long.numberOfTrailingZeros(random.nextLong()), 9);
    }
    for (int i = 0; i < 40; i++) {
      data[from + i] = (byte) (100 + i);
    }
    int[] frequencies = ByteFrequencies.of(data, 0, data.length);
    HuffmanCode code = HuffmanCode.of(frequencies, HuffmanCode.LONGEST);
    assertThat(code.lengths()[100], is((byte) HuffmanCode.LONGEST));

    assertInflates(data, false);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 769, 32_767})
  void matchesStringsAsFarAsTheWindow(int distance) {
    byte[] data = periodic(1 << 17, 256, distance, 2);

    assertThat(stream(data, true).length(), is(lessThan(stream(data, false).length() / 2)));
  }

  private static void assertInflates(byte[] data, boolean matchStrings) {
    BitWriter out = stream(data, matchStrings);

    assertArrayEquals(data, PngChunks.inflate(out.bytes(), 3, out.length() - 3, data.length));
  }

  private static BitWriter stream(byte[] data, boolean matchStrings) {
    BitWriter out = new BitWriter(3, 0);
    ZlibStream.write(data, matchStrings, out);
    return out;
  }
}
