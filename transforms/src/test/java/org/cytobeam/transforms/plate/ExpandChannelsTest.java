package org.cytobeam.transforms.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.transforms.outcome.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
final class ExpandChannelsTest {

  private static final Path TABLE = Path.of("/t.csv");

  @Test
  void eachSiteBecomesItsImages(TestPipeline pipeline) {
    LoadDataRow first = LoadDataFiles.row(TABLE + " line 2", "p", "A01", "1");
    LoadDataRow second = LoadDataFiles.row(TABLE + " line 3", "p", "A01", "2");
    LoadDataRow unusable = LoadDataRow.unusable("/t.csv line 4", "Metadata_Well is empty");
    List<String> channels = List.of("DNA", "ER", "Mito");

    PCollection<Outcome> images =
        pipeline.apply(Create.of(first, second, unusable)).apply(ExpandChannels.of(channels));

    List<Outcome> expected = new ArrayList<>();
    expected.addAll(PlateImages.of(first, channels));
    expected.addAll(PlateImages.of(second, channels));
    expected.addAll(PlateImages.of(unusable, channels));
    PAssert.that(images).containsInAnyOrder(expected);
    pipeline.run();
  }

  @Test
  void theChannelsAreShown() {
    List<Object> values = new ArrayList<>();
    DisplayData.from(ExpandChannels.of(List.of("DNA", "Brightfield")))
        .items()
        .forEach(item -> values.add(item.getValue()));

    assertThat(values, hasItem("DNA, Brightfield"));
  }

  @Test
  void noChannelsAtAllAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> ExpandChannels.of(List.of()));
  }
}
