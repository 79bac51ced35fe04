package org.cytobeam.transforms.flow;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;

/**
 * Hands rows on at a pace, so that the steps behind it hold the bytes of few items at once.
 *
 * <p>Rows are put into a fixed number of lanes by the hash of their item's id; a lane hands out a
 * few rows, then yields until the runner comes back to it. On the direct runner, whose queue is
 * first in, first out, what was handed out is worked off before the next turn: at most {@code lanes
 * × rows} items are pending. On batch Flink and Spark the lane runs through and chaining bounds the
 * bytes.
 *
 * <p>Items with the same id are merged: equal rows of a table are worked on once.
 *
 * <p>Parallelism: the number of lanes. Order: none is kept.
 */
@AutoValue
public abstract class HandOut extends PTransform<PCollection<Outcome>, PCollection<Outcome>> {

  /** Rows handed out in one turn of a lane: enough to hide a bundle's cost, few enough to bound. */
  public static final int DEFAULT_ROWS = 8;

  abstract int lanes();

  abstract int rows();

  abstract Builder toBuilder();

  /** Sets the fields. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setLanes(int lanes);

    abstract Builder setRows(int rows);

    abstract HandOut build();
  }

  /** Returns a hand-out over a number of lanes, {@value #DEFAULT_ROWS} rows at a time. */
  public static HandOut overLanes(int lanes) {
    atLeastOne("lanes", lanes);
    return new AutoValue_HandOut.Builder().setLanes(lanes).setRows(DEFAULT_ROWS).build();
  }

  /** Sets how many rows a lane hands out before it yields. */
  public HandOut withRows(int rows) {
    atLeastOne("rows", rows);
    return toBuilder().setRows(rows).build();
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
  }

  @Override
  public PCollection<Outcome> expand(PCollection<Outcome> items) {
    int lanes = lanes();
    return items
        .apply(
            "LaneOfId",
            WithKeys.of((Outcome row) -> Math.floorMod(row.getItem().getId().hashCode(), lanes))
                .withKeyType(TypeDescriptors.integers()))
        .setCoder(KvCoder.of(VarIntCoder.of(), OutcomeCoder.of()))
        .apply("Lanes", GroupByKey.create())
        .apply("MergeEqualRows", ParDo.of(new PackFn()))
        .setCoder(new PackedOutcomes.PackedCoder())
        .apply("HandOutRows", ParDo.of(new HandOutFn(rows())))
        .setCoder(OutcomeCoder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("lanes", lanes()).withLabel("Lanes"))
        .add(DisplayData.item("rows", rows()).withLabel("Rows handed out in one turn"));
  }

  private static final class PackFn extends DoFn<KV<Integer, Iterable<Outcome>>, PackedOutcomes> {

    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<Outcome>> lane, OutputReceiver<PackedOutcomes> out)
        throws IOException {
      Set<String> seen = new HashSet<>();
      PackedOutcomes.Builder rows = new PackedOutcomes.Builder();
      for (Outcome row : lane.getValue()) {
        if (seen.add(row.getItem().getId())) {
          rows.add(row);
        }
      }
      out.output(rows.build());
    }
  }

  @DoFn.BoundedPerElement
  private static final class HandOutFn extends DoFn<PackedOutcomes, Outcome> {

    private static final long serialVersionUID = 1L;

    private final int rows;

    HandOutFn(int rows) {
      this.rows = rows;
    }

    @GetInitialRestriction
    public OffsetRange wholeLane(@Element PackedOutcomes lane) {
      return new OffsetRange(0, lane.size());
    }

    @ProcessElement
    public ProcessContinuation process(
        @Element PackedOutcomes lane,
        RestrictionTracker<OffsetRange, Long> tracker,
        OutputReceiver<Outcome> out)
        throws IOException {
      long first = tracker.currentRestriction().getFrom();
      for (long i = first; tracker.tryClaim(i); i++) {
        out.output(lane.get((int) i));
        if (i - first == rows - 1) {
          return ProcessContinuation.resume();
        }
      }
      return ProcessContinuation.stop();
    }
  }
}
