package org.cytobeam.pipelines.report.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.junit.jupiter.api.Test;

class PlatesGatheringTest {

  private static final ManifestRow ROW =
      ManifestRow.of(
          Item.of("x.png", "s3://b/x.tiff", "t.csv line 2", Map.of("well", "A01", "plate", "p")),
          Facts.none(),
          null,
          "hash",
          "20261122T093000Z-1a2b3c4d",
          1);

  @Test
  void aPlateThatLostItsMapIsCountedAndNotDrawnAgain() {
    PlatesGathering gathering = new PlatesGathering();
    List<String> first = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      for (int i = 10; i < 60; i++) {
        gathering.add(new PlateName("s", "b", "p" + i), ROW);
      }
    }
    for (int i = 10; i < 34; i++) {
      first.add("p" + i);
    }
    Plates plates = gathering.plates();

    assertThat(plates.maps().stream().map(map -> map.name().plate()).toList(), is(first));
    assertThat(
        plates.maps().stream().map(map -> map.wells().get(0).done()).toList(), everyItem(is(2L)));
    assertThat(plates.count(), is(50L));
    assertThat(plates.totals().stream().map(PlateTotals::done).toList(), everyItem(is(2L)));
  }
}
