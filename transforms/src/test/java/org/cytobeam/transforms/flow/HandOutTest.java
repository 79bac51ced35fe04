package org.cytobeam.transforms.flow;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
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
  void everyRowComesOutOnceWithoutPace(TestPipeline pipeline) {
    List<Outcome> rows = rows(101);

    PCollection<Outcome> out =
        pipeline.apply(Create.of(rows).withCoder(OutcomeCoder.of())).apply(lanes(3).unpaced());

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
  void aTurnHasAsManyRowsAsFitIntoWhatMayBePending(TestPipeline pipeline) throws Exception {
    try (Shared.Lease<ItemBytes> itemBytes = ItemBytes.lease("a run with long items")) {
      itemBytes.get().seen(1000);

      PCollection<Integer> turns =
          pipeline
              .apply(Create.of(rows(7)).withCoder(OutcomeCoder.of()))
              .apply(lanes(1).withRows(5).withPendingBytes(2 * 3 * 1000, "a run with long items"))
              .apply(ParDo.of(new RowsOfTurnFn()));

      PAssert.that(turns).containsInAnyOrder(3, 3, 1);
      pipeline.run();
    }
  }

  @Test
  void aTurnHasRowsByAGuessBeforeAnyLengthIsKnown(TestPipeline pipeline) {
    PCollection<Integer> turns =
        pipeline
            .apply(Create.of(rows(3)).withCoder(OutcomeCoder.of()))
            .apply(lanes(1).withPendingBytes(1_000_000, "a run without items"))
            .apply(ParDo.of(new RowsOfTurnFn()));

    PAssert.that(turns).containsInAnyOrder(1, 1, 1);
    pipeline.run();
  }

  /** On the direct runner a turn of a lane is a bundle of the step behind it. */
  private static final class RowsOfTurnFn extends DoFn<Outcome, Integer> {

    private static final long serialVersionUID = 1L;

    private int rows;

    @StartBundle
    public void start() {
      rows = 0;
    }

    @ProcessElement
    public void process() {
      rows++;
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      if (rows > 0) {
        context.output(rows, GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
      }
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
