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
 * <p>Rows are spread by their coded bytes, so that a repeated row goes to the same bucket. Order is
 * not kept.
 *
 * @param <T> a small row
 */
@AutoValue
public abstract class GatherRows<T> extends PTransform<PCollection<T>, PCollection<PackedRows>> {

  /** Groups cost the direct runner 1.5 ms each, and copies fall with their number. */
  private static final int BUCKETS = 512;

  /** Returns the transform. */
  public static <T> GatherRows<T> create() {
    return new AutoValue_GatherRows<>();
  }

  @Override
  public PCollection<PackedRows> expand(PCollection<T> rows) {
    return rows.apply("CodeRows", ParDo.of(new CodeFn<>(rows.getCoder())))
        .setCoder(KvCoder.of(VarIntCoder.of(), PackedRows.coder()))
        .apply("Buckets", GroupByKey.create())
        .apply("Pack", ParDo.of(new PackFn()))
        .setCoder(PackedRows.coder());
  }

  private static final class CodeFn<T> extends DoFn<T, KV<Integer, PackedRows>> {

    private static final long serialVersionUID = 1L;

    private final Coder<T> coder;

    CodeFn(Coder<T> coder) {
      this.coder = coder;
    }

    @ProcessElement
    public void process(@Element T row, OutputReceiver<KV<Integer, PackedRows>> out)
        throws IOException {
      PackedRows packed = PackedRows.of(row, coder);
      out.output(KV.of(Math.floorMod(packed.hashCode(), BUCKETS), packed));
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
