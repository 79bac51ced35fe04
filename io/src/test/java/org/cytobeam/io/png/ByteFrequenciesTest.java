package org.cytobeam.io.png;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ByteFrequenciesTest {

  @Property
  void countsEachByteOfTheRange(
      @ForAll @Size(min = 10, max = 60) byte[] data, @ForAll @IntRange(max = 9) int from) {
    int[] expected = new int[256];
    for (int i = from; i < data.length - 1; i++) {
      expected[Byte.toUnsignedInt(data[i])]++;
    }

    assertThat(ByteFrequencies.of(data, from, data.length - 1), is(expected));
  }
}
