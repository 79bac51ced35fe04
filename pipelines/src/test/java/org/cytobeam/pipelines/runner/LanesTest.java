package org.cytobeam.pipelines.runner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LanesTest {

  @Test
  void pacedLanesAreTwoForThreeWorkersAndOneAtLeast() {
    assertThat(Lanes.paced(6), is(new Lanes(4, true)));
    assertThat(Lanes.paced(1), is(new Lanes(1, true)));
  }

  @Test
  void unpacedLanesAreManyForEachParallelWorkerAndMoreWhereThereAreManyItems() {
    assertThat(Lanes.unpaced(4, 100), is(new Lanes(32, false)));
    assertThat(Lanes.unpaced(4, 1_000_000), is(new Lanes(500, false)));
    assertThat(Lanes.unpaced(4, Long.MAX_VALUE), is(new Lanes(65_536, false)));
  }

  @Test
  void thereIsALane() {
    assertThrows(IllegalArgumentException.class, () -> new Lanes(0, true));
  }
}
