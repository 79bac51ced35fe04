package org.cytobeam.pipelines.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.s3.SourceLengths.Length;
import org.junit.jupiter.api.Test;

class RunPlanTest {

  private static final Estimate PLATE =
      new Estimate(17_280, 20, 46_000_000_000L, Map.of("missing", 1L));

  private static RunPlan plan(Estimate fetch, long write, OptionalLong room) {
    return new RunPlan("out", 17_300, 15, 5, fetch, write, room, 2);
  }

  @Test
  void whatIsGuessedSaysSo() {
    assertThat(
        plan(PLATE, 4_000_000_000L, OptionalLong.of(800_000_000_000L)).lines(),
        contains(
            "out: 17,300 items: 15 already done, 17,280 to fetch, 5 that can't be used; nothing was"
                + " written",
            "  Fetch: about 46.0 GB in 17,280 requests (estimated from the lengths of 20, 1"
                + " missing)",
            "  Write: about 4.0 GB; 800 GB free",
            "  Time:  about 4 min 48 s, if the sources send 160 MB/s; 2 cores take no more"));
  }

  @Test
  void aSampleOfAllIsNoGuess() {
    Estimate all = new Estimate(1, 1, 2_500_000, Map.of());

    assertThat(
        plan(all, 200_000, OptionalLong.empty()).lines().subList(1, 3),
        contains("  Fetch: 2.5 MB in 1 request (all lengths asked for)", "  Write: about 200 kB"));
  }

  @Test
  void tooLittleRoomIsSaid() {
    RunPlan plan = plan(PLATE, 4_000_000_000L, OptionalLong.of(3_000_000_000L));

    assertThat(plan.isTooLarge(), equalTo(true));
    assertThat(plan.lines().get(2), equalTo("  Write: about 4.0 GB, but only 3.0 GB free"));
  }

  @Test
  void nothingToFetchIsOneLine() {
    assertThat(
        plan(new Estimate(0, 0, 0, Map.of()), 0, OptionalLong.of(1)).lines(),
        contains(
            "out: 17,300 items: 15 already done, 0 to fetch, 5 that can't be used; nothing was"
                + " written"));
  }

  @Test
  void whatCanNotBeHadCountsAsMuchAsInTheSample() {
    Estimate estimate =
        Estimate.of(
            300,
            List.of(
                new Length(1_000, null),
                new Length(0, FailureClass.MISSING),
                new Length(2_000, null)));

    assertThat(estimate, equalTo(new Estimate(300, 3, 300_000, Map.of("missing", 1L))));
    assertThat(estimate.isExact(), equalTo(false));
  }

  @Test
  void theSampleIsTheSameInAnyOrder() {
    LengthSample up = new LengthSample();
    LengthSample down = new LengthSample();
    for (int i = 0; i < 500; i++) {
      up.offer("s3://b/" + i);
      down.offer("s3://b/" + (499 - i));
    }

    assertThat(up.uris().size(), equalTo(LengthSample.SIZE));
    assertThat(up.uris(), equalTo(down.uris()));
  }
}
