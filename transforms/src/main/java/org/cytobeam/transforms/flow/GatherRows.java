package org.cytobeam.transforms.flow;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Packs rows into some hundreds of elements, which then go to one place at little cost.
 *
 * <p>The direct runner copies a group with each bundle that adds to it, so that one group of all
 * rows takes time with the square of their number; and a Reshuffle there makes as many bundles as
 * there are rows, each of which costs every step behind it a millisecond. Groups of a bucket are
 * small, and come out once, at the end.
 *
 * <p>Rows are spread by their id, so that a row that is repeated, or computed again elsewhere, goes
 * to the same bucket, whatever its other fields have become and however they are coded. Order is
 * not kept.
 *
 * @param <T> a small row
 */
@AutoValue
public abstract class GatherRows<T> extends PTransform<PCollection<T>, PCollection<PackedRows>> {

  /** Groups cost the direct runner 1.5 ms each, and copies fall with their number. */
  private static final int BUCKETS = 512;

  abstract SerializableFunction<T, String> id();

  /** Returns the transform for rows with an id. */
  public static <T> GatherRows<T> byId(SerializableFunction<T, String> id) {
    return new AutoValue_GatherRows<>(id);
  }

  @Override
  public PCollection<PackedRows> expand(PCollection<T> rows) {
    return rows.apply("CodeRows", ParDo.of(new CodeFn<>(id(), rows.getCoder())))
        .setCoder(KvCoder.of(VarIntCoder.of(), PackedRows.coder()))
        .apply("Buckets", GroupByKey.create())
        .apply("Pack", ParDo.of(new PackFn()))
        .setCoder(PackedRows.coder());
  }

  private static final class CodeFn<T> extends DoFn<T, KV<Integer, PackedRows>> {

    private static final long serialVersionUID = 1L;

    private final SerializableFunction<T, String> id;
    private final Coder<T> coder;

    CodeFn(SerializableFunction<T, String> id, Coder<T> coder) {
      this.id = id;
      this.coder = coder;
    }

    @ProcessElement
    public void process(@Element T row, OutputReceiver<KV<Integer, PackedRows>> out)
        throws IOException {
      int bucket = Math.floorMod(id.apply(row).hashCode(), BUCKETS);
      out.output(KV.of(bucket, PackedRows.of(row, coder)));
    }
  }

  private static final class PackFn extends DoFn<KV<Integer, Iterable<PackedRows>>, PackedRows> {

    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<PackedRows>> bucket, OutputReceiver<PackedRows> out) {
      out.output(PackedRows.concat(bucket.getValue()));
    }
  }
}
