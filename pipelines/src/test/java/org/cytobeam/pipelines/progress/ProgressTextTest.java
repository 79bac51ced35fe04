package org.cytobeam.pipelines.progress;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProgressTextTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void aSentenceSaysEverything() {
    Progress before = new Progress(17_280, 100, 0, 0, 120, 300_000_000, 0);
    Progress now = new Progress(17_280, 1_000, 32, 2, 1_050, 2_625_000_000L, 3);

    assertThat(
        ProgressText.sentence(now, rate(10 * SECOND, before, now)),
        equalTo(
            "1,034 of 17,280 (5 %), 2 failed, 2 min 54 s left, 93.4/s, 2.6 GB of about 43.1 GB,"
                + " 233 MB/s, 3 retries"));
  }

  @Test
  void theLatestItemIsTheFirstThatANarrowLineLeavesOut() {
    Progress now = new Progress(4, 1, 0, 0, 1, 100, 0, "a\tb.jpg");
    RecentRate still = rate(SECOND, now, now);

    assertThat(
        ProgressText.sentence(now, still), equalTo("1 of 4 (25 %), 100 B of about 400 B, a?b.jpg"));
    assertThat(
        ProgressText.bar(now, still, 48),
        equalTo("████░░░░░░░░░░░░  1 of 4 (25 %)  100 B of ~400 B"));
  }

  @Test
  void aBarGrowsWithTheItems() {
    Progress quarter = new Progress(400, 60, 30, 10, 70, 0, 0);

    assertThat(
        ProgressText.bar(quarter, rate(SECOND, quarter, quarter), 80),
        equalTo("██████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  100 of 400 (25 %)  10 failed"));
  }

  @Test
  void aNarrowBarKeepsWhatIsMostMissed() {
    Progress before = new Progress(400, 0, 0, 0, 0, 0, 0);
    Progress now = new Progress(400, 100, 0, 10, 110, 5_000_000, 1);

    assertThat(
        ProgressText.bar(now, rate(10 * SECOND, before, now), 60),
        equalTo("███░░░░░░░░  110 of 400 (27 %)  10 failed  27 s left  11.0/s"));
  }

  @Test
  void aCompleteRunWritesItsTables() {
    Progress all = new Progress(4, 3, 1, 0, 3, 300, 2);

    assertThat(
        ProgressText.sentence(all, rate(10 * SECOND, all, all)),
        equalTo("4 of 4 (100 %), writing the tables, 2 retries"));
  }

  @Test
  void beforeTheFirstByteItIsStarting() {
    Progress none = new Progress(4, 0, 0, 0, 0, 0, 0);

    assertThat(
        ProgressText.sentence(none, rate(SECOND, none, none)), equalTo("0 of 4 (0 %), starting"));
  }

  @Test
  void anUnknownTotalIsNotMadeUp() {
    Progress now = new Progress(0, 7, 0, 0, 7, 7_000, 0);

    assertThat(ProgressText.sentence(now, rate(SECOND, now, now)), equalTo("7 items, 7.0 kB"));
  }

  @Property
  void neverIsWiderThanTheTerminal(
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll @IntRange(max = 2_000_000) int done,
      @ForAll @IntRange(max = 2_000_000) int failed,
      @ForAll @IntRange(max = 100_000) int retries) {
    Progress before = new Progress(4_000_000, 0, 0, 0, 0, 0, 0);
    Progress now = new Progress(4_000_000, done, 0, failed, done, done * 2_500_000L, retries);

    String bar = ProgressText.bar(now, rate(7 * SECOND, before, now), width);

    assertThat(bar, bar.length(), lessThanOrEqualTo(width));
  }

  private static RecentRate rate(long nanos, Progress before, Progress now) {
    RecentRate rate = new RecentRate();
    rate.add(0, before);
    rate.add(nanos, now);
    return rate;
  }
}
