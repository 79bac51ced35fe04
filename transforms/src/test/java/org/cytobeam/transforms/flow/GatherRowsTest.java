package org.cytobeam.transforms.flow;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
final class GatherRowsTest {

  private static PCollection<String> gathered(TestPipeline pipeline, List<String> rows) {
    return pipeline
        .apply(Create.of(rows).withCoder(StringUtf8Coder.of()))
        .apply(GatherRows.create())
        .apply(
            FlatMapElements.into(TypeDescriptors.strings())
                .via((PackedRows packed) -> packed.decoded(StringUtf8Coder.of()).toList()));
  }

  @Test
  void everyRowComesOutAsOftenAsItWentIn(TestPipeline pipeline) {
    List<String> rows = new ArrayList<>(List.of("", "", "again", "again", "again"));
    for (int i = 0; i < 1000; i++) {
      rows.add("row " + i);
    }

    PAssert.that(gathered(pipeline, rows)).containsInAnyOrder(rows);
    pipeline.run();
  }

  @Test
  void nothingComesOutOfNothing(TestPipeline pipeline) {
    PAssert.that(gathered(pipeline, List.of())).empty();
    pipeline.run();
  }
}
