package org.cytobeam.transforms.flow;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Packs the rows of each bundle by the bucket that they go to, ready to be grouped: shuffling some
 * hundreds of elements costs little, whatever the number of rows. Bounded input, one window.
 *
 * @param <T> a small row
 */
@AutoValue
public abstract class PackBuckets<T>
    extends PTransform<PCollection<T>, PCollection<KV<Integer, PackedRows>>> {

  abstract SerializableFunction<T, Integer> bucket();

  /** Returns the transform for rows that go to some buckets. */
  public static <T> PackBuckets<T> by(SerializableFunction<T, Integer> bucket) {
    return new AutoValue_PackBuckets<>(bucket);
  }

  @Override
  public PCollection<KV<Integer, PackedRows>> expand(PCollection<T> rows) {
    return rows.apply("Pack", ParDo.of(new PackFn<>(bucket(), rows.getCoder())))
        .setCoder(BucketPacks.elementCoder());
  }

  private static final class PackFn<T> extends DoFn<T, KV<Integer, PackedRows>> {

    private static final long serialVersionUID = 1L;

    private final SerializableFunction<T, Integer> bucket;
    private final Coder<T> coder;
    private transient @Nullable BucketPacks<T> packs;

    PackFn(SerializableFunction<T, Integer> bucket, Coder<T> coder) {
      this.bucket = bucket;
      this.coder = coder;
    }

    @StartBundle
    public void start() {
      packs = new BucketPacks<>(coder);
    }

    @ProcessElement
    public void process(@Element T row, OutputReceiver<KV<Integer, PackedRows>> out)
        throws IOException {
      packs().add(bucket.apply(row), row).ifPresent(out::output);
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      packs()
          .rest()
          .forEach(
              pack ->
                  context.output(pack, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE));
    }

    private BucketPacks<T> packs() {
      if (packs == null) {
        throw new IllegalStateException("used outside a bundle");
      }
      return packs;
    }
  }
}
