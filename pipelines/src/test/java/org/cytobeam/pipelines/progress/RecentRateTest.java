package org.cytobeam.pipelines.progress;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentRateTest {

  private static final long SECOND = 1_000_000_000L;

  private final RecentRate rate = new RecentRate();

  @Test
  void saysNothingAboutTheFirstSeconds() {
    rate.add(0, items(0));
    rate.add(SECOND, items(50));

    assertThat(rate.items(), equalTo(0.0));
    assertThat(rate.left(), equalTo(Optional.empty()));
  }

  @Test
  void forgetsWhatIsLongAgo() {
    rate.add(0, items(0));
    rate.add(SECOND, items(900));
    for (int second = 2; second <= 60; second++) {
      rate.add(second * SECOND, items(900 + second));
    }

    assertThat(rate.items(), closeTo(1, 1e-9));
    assertThat(rate.left(), equalTo(Optional.of(Duration.ofSeconds(40))));
  }

  @Test
  void aRunThatStandsStillHasNoEndInSight() {
    rate.add(0, items(5));
    rate.add(10 * SECOND, items(5));

    assertThat(rate.left(), equalTo(Optional.empty()));
  }

  @Test
  void countsThatGoBackAreNoRate() {
    rate.add(0, items(5));
    rate.add(10 * SECOND, items(3));

    assertThat(rate.items(), equalTo(0.0));
  }

  private static Progress items(long done) {
    return new Progress(1_000, done, 0, 0, done, done * 1_000, 0);
  }
}
