package org.cytobeam.pipelines.report.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.stream.IntStream;
import org.cytobeam.pipelines.report.model.ChannelMap.Scale;
import org.cytobeam.pipelines.report.model.ChannelMap.WellWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelMapTest {

  @ParameterizedTest
  @CsvSource({"100, 0", "109, 0", "110, 1", "195, 9", "200, 9", "50, 0", "900, 9"})
  void stepsAreEqual(double value, int step) {
    assertThat(new Scale(100, 200).step(value, 10), is(step));
  }

  @ParameterizedTest
  @CsvSource({"7, 5", "6, 0", "8, 9"})
  void aScaleOfOneValueHasItInTheMiddle(double value, int step) {
    assertThat(new Scale(7, 7).step(value, 10), is(step));
  }

  @Test
  void fewWellsAreAllOnTheScale() {
    ChannelMap map = map(49);

    assertThat(map.highScale(), is(new Scale(1_000, 1_048)));
    assertThat(map.lowScale(), is(new Scale(0, 48)));
  }

  @Test
  void ofManyTheOutermostDoNotStretchTheScale() {
    assertThat(map(100).highScale(), is(new Scale(1_002, 1_097)));
  }

  private static ChannelMap map(int wells) {
    List<WellWindow> windows =
        IntStream.range(0, wells)
            .mapToObj(i -> new WellWindow("w", new WellPosition(i, 0), i, 1_000 + i))
            .toList();
    return new ChannelMap("DNA", windows);
  }
}
