package org.cytobeam.transforms.outcome;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class DistributionTest {

  @Test
  void oneValueIsAllOfIt() {
    assertThat(
        Distribution.of(new double[] {1.5}), is(Distribution.of(1, 1.5, 1.5, 1.5, 1.5, 1.5)));
  }

  @Test
  void ranksOfAHundredValuesAreTheirNumbers() {
    double[] values = IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray();

    assertThat(Distribution.of(values), is(Distribution.of(100, 50.5, 50, 90, 99, 100)));
  }

  @Test
  void noValuesHaveNone() {
    assertThrows(IllegalArgumentException.class, () -> Distribution.of(new double[0]));
  }

  @Property
  void aPercentileIsTheSmallestValueThatEnoughDoNotExceed(
      @ForAll @Size(min = 1, max = 250) List<@IntRange(max = 9) Integer> numbers) {
    double[] values = numbers.stream().mapToDouble(Integer::intValue).toArray();
    Distribution distribution = Distribution.of(values);

    assertThat(distribution.getCount(), is((long) values.length));
    assertThat(
        distribution.getMean(), closeTo(DoubleStream.of(values).average().orElseThrow(), 1e-9));
    assertThat(distribution.getMax(), is(DoubleStream.of(values).max().orElseThrow()));
    assertThat(distribution.getP50(), is(smallest(values, 0.50)));
    assertThat(distribution.getP90(), is(smallest(values, 0.90)));
    assertThat(distribution.getP99(), is(smallest(values, 0.99)));
  }

  private static double smallest(double[] values, double share) {
    return Arrays.stream(values)
        .filter(
            value ->
                Arrays.stream(values).filter(other -> other <= value).count()
                    >= share * values.length - 1e-9)
        .min()
        .orElseThrow();
  }
}
