package org.cytobeam.transforms.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

  private static PCollection<PackedRows> packed(TestPipeline pipeline, List<String> rows) {
    return pipeline
        .apply(Create.of(rows).withCoder(StringUtf8Coder.of()))
        .apply(GatherRows.byId(row -> row.replaceFirst(" .*", "")));
  }

  private static PCollection<String> gathered(TestPipeline pipeline, List<String> rows) {
    return packed(pipeline, rows)
        .apply(
            FlatMapElements.into(TypeDescriptors.strings())
                .via((PackedRows packed) -> packed.decoded(StringUtf8Coder.of()).toList()));
  }

  @Test
  void everyRowComesOutAsOftenAsItWentIn(TestPipeline pipeline) {
    List<String> rows = new ArrayList<>(List.of("", "", "again", "again", "again"));
    for (int i = 0; i < 1000; i++) {
      rows.add(i + " row");
    }

    PAssert.that(gathered(pipeline, rows)).containsInAnyOrder(rows);
    pipeline.run();
  }

  @Test
  void rowsThatDifferInAllButTheirIdComeOutTogether(TestPipeline pipeline) {
    List<String> ids = IntStream.range(0, 300).mapToObj(i -> "id" + i).toList();
    List<String> rows = new ArrayList<>();
    for (int copy = 0; copy < 5; copy++) {
      for (String id : ids) {
        rows.add(id + " computed " + copy);
      }
    }

    PCollection<String> idsOfPacks =
        packed(pipeline, rows)
            .apply(
                FlatMapElements.into(TypeDescriptors.strings())
                    .via(
                        (PackedRows packed) ->
                            packed
                                .decoded(StringUtf8Coder.of())
                                .map(row -> row.replaceFirst(" .*", ""))
                                .distinct()
                                .toList()));

    PAssert.that(idsOfPacks).containsInAnyOrder(ids);
    pipeline.run();
  }

  @Test
  void nothingComesOutOfNothing(TestPipeline pipeline) {
    PAssert.that(gathered(pipeline, List.of())).empty();
    pipeline.run();
  }
}
