package org.cytobeam.transforms.flow;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

final class PaceTest {

  @Test
  void oneItemUntilALengthIsKnown() throws Exception {
    try (Shared.Lease<Pace> pace = Pace.lease("run")) {
      assertThat(pace.get().items(1_000_000, 16), is(1));
    }
  }

  @Test
  void asManyItemsAsFit() throws Exception {
    try (Shared.Lease<Pace> pace = Pace.lease("run")) {
      pace.get().seen(100);

      assertThat(pace.get().items(1000, 16), is(10));
      assertThat(pace.get().items(99, 16), is(1));
      assertThat(pace.get().items(1_000_000, 16), is(16));
    }
  }

  @Test
  void aLongItemCountsAtOnceAndIsForgottenSlowly() throws Exception {
    try (Shared.Lease<Pace> pace = Pace.lease("run")) {
      pace.get().seen(100);
      pace.get().seen(1000);
      assertThat(pace.get().items(1000, 16), is(1));

      for (int i = 0; i < 64; i++) {
        pace.get().seen(100);
      }
      assertThat(pace.get().items(1000, 16), is(2));

      for (int i = 0; i < 1000; i++) {
        pace.get().seen(100);
      }
      assertThat(pace.get().items(1000, 16), is(6));
    }
  }

  @Test
  void stepsOfOneRunShareIt() throws Exception {
    try (Shared.Lease<Pace> fetching = Pace.lease("run");
        Shared.Lease<Pace> handingOut = Pace.lease("run");
        Shared.Lease<Pace> other = Pace.lease("another run")) {
      fetching.get().seen(100);

      assertThat(handingOut.get().items(1000, 16), is(10));
      assertThat(other.get().items(1000, 16), is(1));
    }
  }
}
