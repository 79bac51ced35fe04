package org.cytobeam.pipelines.report.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import org.cytobeam.transforms.image.Measures;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.junit.jupiter.api.Test;

class WindowsGatheringTest {

  private static final String RUN = "20261122T093000Z-1a2b3c4d";

  private final WindowsGathering windows = new WindowsGathering();

  @Test
  void drawsTheFirstChannelsAndNoImageWithoutOne() {
    for (int channel = 0; channel < 17; channel++) {
      windows.add(row(Map.of("channel", "c" + (10 + channel))));
      windows.add(row(Map.of()));
    }
    windows.add(row(Map.of("channel", "c10")));

    assertThat(windows.histograms(), hasSize(16));
    assertThat(windows.histograms().get(0).images(), is(2L));
    assertThat(windows.histograms().get(15).channel(), is("c25"));
    assertThat(windows.histograms().get(15).images(), is(1L));
  }

  private static ManifestRow row(Map<String, String> keys) {
    Facts facts =
        Facts.none().toBuilder()
            .setMeasures(Map.of(Measures.WINDOW_LOW, 1.0, Measures.WINDOW_HIGH, 9.0))
            .build();
    return ManifestRow.of(
        Item.of("x.png", "s3://b/x.tiff", "t.csv line 2", keys), facts, null, "hash", RUN, 1);
  }
}
