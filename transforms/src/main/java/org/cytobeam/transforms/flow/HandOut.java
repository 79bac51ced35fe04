package org.cytobeam.transforms.flow;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * Hands rows on at a pace, so that the steps behind it hold the bytes of few items at once.
 *
 * <p>Rows are put into a fixed number of lanes by the hash of their id; a lane hands out a few
 * rows, then yields until the runner comes back to it. On the direct runner, whose queue is first
 * in, first out, what was handed out is worked off before the turn after the next: at most {@code 2
 * × lanes × rows} items are pending. On batch Flink and Spark the lane runs through and chaining
 * bounds the bytes.
 *
 * <p>With a {@linkplain #withPendingBytes bound in bytes} a lane hands out fewer rows where items
 * are long: as many as fit, by what the fetching step has told the run's {@link ItemBytes}.
 *
 * <p>Rows with the same id are merged: of equal rows of a table one is worked on.
 *
 * <p>Parallelism: the number of lanes. Order: none is kept.
 *
 * @param <T> a small row
 */
@AutoValue
public abstract class HandOut<T> extends PTransform<PCollection<T>, PCollection<T>> {

  /** Rows handed out in one turn of a lane: enough to hide a bundle's cost, few enough to bound. */
  public static final int DEFAULT_ROWS = 16;

  /** What was handed out before the last turn may still be on its way. */
  private static final int TURNS_PENDING = 2;

  abstract SerializableFunction<T, String> id();

  abstract int lanes();

  abstract boolean paced();

  abstract int rows();

  abstract long pendingBytes();

  abstract @Nullable String lengthsOf();

  abstract Builder<T> toBuilder();

  /** Sets the fields. */
  @AutoValue.Builder
  abstract static class Builder<T> {
    abstract Builder<T> setId(SerializableFunction<T, String> id);

    abstract Builder<T> setLanes(int lanes);

    abstract Builder<T> setPaced(boolean paced);

    abstract Builder<T> setRows(int rows);

    abstract Builder<T> setPendingBytes(long bytes);

    abstract Builder<T> setLengthsOf(@Nullable String run);

    abstract HandOut<T> build();
  }

  /** Returns a hand-out in one lane, {@value #DEFAULT_ROWS} rows at a time, of rows with an id. */
  public static <T> HandOut<T> byId(SerializableFunction<T, String> id) {
    return new AutoValue_HandOut.Builder<T>()
        .setId(id)
        .setLanes(1)
        .setPaced(true)
        .setRows(DEFAULT_ROWS)
        .setPendingBytes(Long.MAX_VALUE)
        .build();
  }

  /** Sets the number of lanes. */
  public HandOut<T> withLanes(int lanes) {
    return toBuilder().setLanes(atLeastOne("lanes", lanes)).build();
  }

  /** Sets how many rows a lane hands out before it yields, at the most. */
  public HandOut<T> withRows(int rows) {
    return toBuilder().setRows(atLeastOne("rows", rows)).build();
  }

  /**
   * Lets a lane hand out all its rows in one turn, for a runner that chains the steps behind it:
   * there each row is worked off before the next is handed out. A splittable step has a shuffle
   * before it, which goes round-robin on Spark: with the loss of a part of that Spark takes all
   * that lies behind it for lost. So this hand-out is a plain step.
   */
  public HandOut<T> unpaced() {
    return toBuilder()
        .setPaced(false)
        .setRows(Integer.MAX_VALUE)
        .setPendingBytes(Long.MAX_VALUE)
        .setLengthsOf(null)
        .build();
  }

  /**
   * Sets how many bytes of items may be pending at once, about; one item a lane always may.
   *
   * @param run the run whose {@link ItemBytes} knows how long items are
   */
  public HandOut<T> withPendingBytes(long bytes, String run) {
    if (bytes < 1) {
      throw new IllegalArgumentException("pendingBytes must be at least 1, not " + bytes);
    }
    return toBuilder().setPendingBytes(bytes).setLengthsOf(run).build();
  }

  private static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
    return value;
  }

  @Override
  public PCollection<T> expand(PCollection<T> rows) {
    Coder<T> coder = rows.getCoder();
    SerializableFunction<T, String> id = id();
    int lanes = lanes();
    return rows.apply(
            "LaneOfId",
            WithKeys.of((T row) -> Math.floorMod(id.apply(row).hashCode(), lanes))
                .withKeyType(TypeDescriptors.integers()))
        .setCoder(KvCoder.of(VarIntCoder.of(), coder))
        .apply("Lanes", GroupByKey.create())
        .apply("MergeEqualRows", ParDo.of(new PackFn<>(id, coder)))
        .setCoder(PackedRows.coder())
        .apply(
            "HandOutRows",
            paced() ? ParDo.of(new HandOutFn<>(this, coder)) : ParDo.of(new RunThroughFn<>(coder)))
        .setCoder(coder);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("lanes", lanes()).withLabel("Lanes"))
        .add(DisplayData.item("rows", rows()).withLabel("Rows handed out in one turn"))
        .addIfNotDefault(
            DisplayData.item("pendingBytes", pendingBytes()).withLabel("Bytes pending at once"),
            Long.MAX_VALUE);
  }

  private static final class PackFn<T> extends DoFn<KV<Integer, Iterable<T>>, PackedRows> {

    private static final long serialVersionUID = 1L;

    private final SerializableFunction<T, String> id;
    private final Coder<T> coder;

    PackFn(SerializableFunction<T, String> id, Coder<T> coder) {
      this.id = id;
      this.coder = coder;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<T>> lane, OutputReceiver<PackedRows> out)
        throws IOException {
      Set<String> seen = new HashSet<>();
      PackedRows.Builder<T> rows = new PackedRows.Builder<>(coder);
      for (T row : lane.getValue()) {
        if (seen.add(id.apply(row))) {
          rows.add(row);
        }
      }
      out.output(rows.build());
    }
  }

  private static final class RunThroughFn<T> extends DoFn<PackedRows, T> {

    private static final long serialVersionUID = 1L;

    private final Coder<T> coder;

    RunThroughFn(Coder<T> coder) {
      this.coder = coder;
    }

    @ProcessElement
    public void process(@Element PackedRows lane, OutputReceiver<T> out) {
      lane.decoded(coder).forEach(out::output);
    }
  }

  @DoFn.BoundedPerElement
  private static final class HandOutFn<T> extends DoFn<PackedRows, T> {

    private static final long serialVersionUID = 1L;

    private final int rows;
    private final long bytes;
    private final @Nullable String run;
    private final Coder<T> coder;
    private transient Shared.@Nullable Lease<ItemBytes> itemBytes;

    HandOutFn(HandOut<T> step, Coder<T> coder) {
      this.rows = step.rows();
      this.bytes = step.pendingBytes() / ((long) TURNS_PENDING * step.lanes());
      this.run = step.lengthsOf();
      this.coder = coder;
    }

    @Setup
    public void open() throws IOException {
      itemBytes = run == null ? null : ItemBytes.lease(run);
    }

    @GetInitialRestriction
    public OffsetRange wholeLane(@Element PackedRows lane) {
      return new OffsetRange(0, lane.size());
    }

    @ProcessElement
    public ProcessContinuation process(
        @Element PackedRows lane,
        RestrictionTracker<OffsetRange, Long> tracker,
        OutputReceiver<T> out) {
      long first = tracker.currentRestriction().getFrom();
      long last = first + rowsOfThisTurn() - 1L;
      Iterator<T> next = lane.from((int) first, coder);
      for (long i = first; tracker.tryClaim(i); i++) {
        out.output(next.next());
        if (i == last) {
          return ProcessContinuation.resume();
        }
      }
      return ProcessContinuation.stop();
    }

    private int rowsOfThisTurn() {
      return itemBytes == null ? rows : itemBytes.get().items(bytes, rows);
    }

    @Teardown
    public void close() throws IOException {
      if (itemBytes != null) {
        itemBytes.close();
      }
    }
  }
}
