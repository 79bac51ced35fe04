package org.cytobeam.pipelines.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImagesJobsTest {

  /** However many threads there are, they share what may be in flight. */
  @ParameterizedTest
  @CsvSource({"128, 1, 128", "128, 6, 21", "128, 64, 2", "64, 64, 1", "1, 1, 1"})
  void stepsShareWhatMayBeInFlight(int all, int steps, int one) {
    assertThat(ImagesJobs.inFlightOfOne(all, steps), is(one));
  }
}
