package org.cytobeam.pipelines.report.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleCountsTest {

  @ParameterizedTest
  @CsvSource({
    "-5, 0",
    "0, 0",
    "1, 0",
    "1.4, 0",
    "2, 4",
    "3, 6",
    "4, 8",
    "1023, 39",
    "1024, 40",
    "65535, 63",
    "1e9, 63"
  })
  void countsByRatio(double value, int bin) {
    SampleCounts counts = new SampleCounts();
    counts.add(value);

    assertThat(counts.bins().get(bin), is(1L));
    assertThat(counts.bins().stream().mapToLong(Long::longValue).sum(), is(1L));
  }

  @Test
  void nothingHasNoMedian() {
    assertThat(new SampleCounts().median(), is(0L));
    assertThat(new SampleCounts().total(), is(0L));
  }

  @Property(tries = 200)
  void theMedianIsThatOfTheSortedValues(
      @ForAll @NotEmpty List<@IntRange(max = 65_535) Integer> values) {
    SampleCounts counts = new SampleCounts();
    values.forEach(counts::add);
    int[] sorted = values.stream().mapToInt(Integer::intValue).sorted().toArray();

    assertThat(counts.median(), is((long) sorted[(sorted.length - 1) / 2]));
    assertThat(counts.total(), is((long) values.size()));
  }

  @Property(tries = 200)
  void binsBeginWhereTheirRatioSays(@ForAll @IntRange(min = 1, max = 65_535) int value) {
    SampleCounts counts = new SampleCounts();
    counts.add(value);
    int bin = counts.bins().indexOf(1L);

    assertThat(Math.pow(2, bin / 4.0), lessThanOrEqualTo(value + 1e-6));
    assertThat(value + 0.0, lessThanOrEqualTo(Math.pow(2, (bin + 1) / 4.0)));
  }
}
