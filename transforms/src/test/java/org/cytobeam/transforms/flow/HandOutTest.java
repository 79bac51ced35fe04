package org.cytobeam.transforms.flow;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
final class HandOutTest {

  @Test
  void everyRowComesOutOnceHoweverManyTurnsItTakes(TestPipeline pipeline) {
    List<Outcome> rows = rows(101);

    PCollection<Outcome> out =
        pipeline.apply(Create.of(rows).withCoder(OutcomeCoder.of())).apply(lanes(3).withRows(4));

    PAssert.that(out).containsInAnyOrder(rows);
    pipeline.run();
  }

  @Test
  void rowsOfOneIdAreMerged(TestPipeline pipeline) {
    Outcome row = pending("a");

    PCollection<Outcome> out =
        pipeline
            .apply(Create.of(List.of(row, pending("b"), row)).withCoder(OutcomeCoder.of()))
            .apply(lanes(2));

    PAssert.that(out).containsInAnyOrder(row, pending("b"));
    pipeline.run();
  }

  @Test
  void whatHasFailedPassesAsItIs(TestPipeline pipeline) {
    Outcome failed = pending("a").failed(Failure.of("Step", FailureClass.BAD_ROW, "no well", 1));

    PCollection<Outcome> out =
        pipeline.apply(Create.of(List.of(failed)).withCoder(OutcomeCoder.of())).apply(lanes(1));

    PAssert.that(out).containsInAnyOrder(failed);
    pipeline.run();
  }

  @Test
  void nothingComesOutOfNothing(TestPipeline pipeline) {
    PCollection<Outcome> out = pipeline.apply(Create.empty(OutcomeCoder.of())).apply(lanes(4));

    PAssert.that(out).empty();
    pipeline.run();
  }

  @Test
  void lanesAndRowsAreShownAndChecked() {
    DisplayData shown = DisplayData.from(lanes(5).withRows(9));

    List<String> values =
        shown.asMap().values().stream().map(item -> String.valueOf(item.getValue())).toList();
    assertThat(values, hasItem("5"));
    assertThat(values, hasItem("9"));
    Exception thrown = assertThrows(IllegalArgumentException.class, () -> lanes(0));
    assertThat(thrown.getMessage(), containsString("lanes"));
    assertThrows(IllegalArgumentException.class, () -> lanes(1).withRows(0));
  }

  @Test
  void packedRowsAreReadInTheirOrder() throws Exception {
    PackedRows.Builder<Outcome> packed = new PackedRows.Builder<>(OutcomeCoder.of());
    List<Outcome> rows = rows(200);
    for (Outcome row : rows) {
      packed.add(row);
    }

    PackedRows copy = CoderUtils.clone(PackedRows.coder(), packed.build());

    assertThat(copy.size(), is(200));
    for (int i = 0; i < 200; i++) {
      assertThat(copy.get(i, OutcomeCoder.of()), is(rows.get(i)));
    }
  }

  private static HandOut<Outcome> lanes(int lanes) {
    return HandOut.<Outcome>byId(row -> row.getItem().getId()).withLanes(lanes);
  }

  private static List<Outcome> rows(int count) {
    List<Outcome> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(pending("plate/" + i + ".png"));
    }
    return rows;
  }

  private static Outcome pending(String id) {
    return Outcome.pending(
        Item.of(id, "s3://bucket/" + id, "table.csv line 2", Map.of("well", "A01")));
  }
}
