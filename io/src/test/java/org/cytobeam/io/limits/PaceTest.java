package org.cytobeam.io.limits;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /** Returns a pace whose requests have started at a steady rate for so long that it is known. */
  private static Pace steady(int perSecond, long from) {
    Pace pace = new Pace(from);
    for (long i = 0; i <= 20L * perSecond; i++) {
      pace.start(from + i * SECOND / perSecond);
    }
    return pace;
  }

  @Test
  void isFreeAtFirst() {
    Pace pace = steady(100, 7);
    assertThat(pace.rate(7 + 20 * SECOND), is(Double.POSITIVE_INFINITY));
    assertThat(pace.waitNanos(7 + 20 * SECOND), is(0L));
  }

  @Test
  void halvesTheRateAndThenLetsItGrowSteadilyUntilItIsFree() {
    Pace pace = steady(100, 0);
    long cut = 20 * SECOND;
    assertThat(pace.throttled(cut, cut - MILLI), is(true));
    assertThat(pace.rate(cut), is(closeTo(50, 0.5)));
    assertThat(pace.rate(cut + SECOND), is(closeTo(60, 0.6)));
    assertThat(pace.rate(cut + 5 * SECOND), is(closeTo(100, 1)));
    assertThat(pace.rate(cut + 14 * SECOND), is(closeTo(190, 2)));
    assertThat(pace.rate(cut + 15 * SECOND + MILLI), is(Double.POSITIVE_INFINITY));
  }

  @Test
  void knowsTheRateSoonAfterABeginning() {
    Pace pace = new Pace(0);
    pace.start(100 * SECOND);
    for (int i = 1; i <= 20; i++) {
      pace.start(100 * SECOND + i * 10 * MILLI);
    }
    long now = 100 * SECOND + 200 * MILLI;
    pace.throttled(now, now - MILLI);
    assertThat(pace.rate(now), is(closeTo(50, 10)));
  }

  @Test
  void takesNoBurstForARate() {
    Pace pace = new Pace(0);
    for (int i = 0; i < 16; i++) {
      pace.start(0);
    }
    pace.throttled(MILLI, 0);
    assertThat(pace.rate(MILLI), is(closeTo(80, 5)));
  }

  @Test
  void cutsOnceForTheAnswersOfOneBurst() {
    Pace pace = steady(100, 0);
    long now = 20 * SECOND;
    assertThat(pace.throttled(now, now - 50 * MILLI), is(true));
    double cut = pace.rate(now);
    for (int i = 1; i < 100; i++) {
      assertThat(pace.throttled(now + i, now - i), is(false));
    }
    assertThat(pace.rate(now), is(cut));
    pace.start(now + 20 * MILLI);
    assertThat(pace.throttled(now + 30 * MILLI, now + 20 * MILLI), is(true));
    assertThat(pace.rate(now + 30 * MILLI), is(closeTo(cut / 2, cut / 50)));
  }

  @Test
  void spacesTheStartsByTheRate() {
    Pace pace = steady(100, 0);
    long now = 20 * SECOND;
    pace.throttled(now, now - MILLI);
    long wait = pace.waitNanos(now);
    assertThat((double) wait, is(closeTo(20 * MILLI, MILLI)));
    assertThat(pace.waitNanos(now + wait), is(0L));
    pace.start(now + wait);
    assertThat((double) pace.waitNanos(now + wait), is(closeTo(20 * MILLI, MILLI)));
  }

  @Test
  void neverAsksForLessThanNoHostWouldMind() {
    Pace pace = new Pace(0);
    long now = 0;
    for (int i = 0; i < 100; i++) {
      now += 10 * SECOND;
      pace.start(now);
      pace.throttled(now + MILLI, now);
      assertThat(pace.rate(now + MILLI), is(greaterThanOrEqualTo(Pace.LEAST_RATE)));
      assertThat(pace.waitNanos(now + MILLI), is(lessThanOrEqualTo(SECOND / 4)));
    }
  }

  @Test
  void growsOnlyWhenWhatItWasHeldForIsOver() {
    Pace pace = steady(100, 0);
    long now = 20 * SECOND;
    pace.throttled(now, now - MILLI);
    pace.hold(now, 60 * SECOND);
    pace.hold(now, SECOND);
    assertThat(pace.waitNanos(now + SECOND), is(59 * SECOND));
    assertThat(pace.rate(now + 60 * SECOND), is(closeTo(50, 0.5)));
    assertThat(pace.rate(now + 61 * SECOND), is(closeTo(60, 0.6)));
    assertThat(pace.waitNanos(now + 60 * SECOND), is(0L));
  }

  @Property(tries = 100)
  void startsNoMoreThanTheRateAllowsWhateverTheHostSays(
      @ForAll @IntRange(min = 1, max = 1000) int before,
      @ForAll @DoubleRange(min = 0, max = 1) double share,
      @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long origin) {
    Pace pace = steady(before, origin);
    long now = origin + 20 * SECOND;
    pace.throttled(now, now - MILLI);
    long end = now + 5 * SECOND;
    double allowed = 1;
    double asked = 0;
    int started = 0;
    while (now < end && pace.rate(now) != Double.POSITIVE_INFINITY) {
      long wait = pace.waitNanos(now);
      now += wait;
      pace.start(now);
      started++;
      double most = pace.rate(now);
      asked += share;
      if (asked >= 1) {
        asked--;
        pace.throttled(now, now);
      }
      allowed += most * Math.max(wait, pace.waitNanos(now)) / SECOND;
      assertThat((double) started, is(lessThanOrEqualTo(allowed + 1)));
    }
  }
}
