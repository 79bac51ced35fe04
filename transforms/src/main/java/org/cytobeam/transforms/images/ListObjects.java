package org.cytobeam.transforms.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.s3.ListedObject;
import org.cytobeam.io.s3.S3ObjectLister;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.transforms.flow.BucketPacks;
import org.cytobeam.transforms.flow.PackedRows;
import org.cytobeam.transforms.flow.Shared;
import org.jspecify.annotations.Nullable;

/**
 * Lists what is below the prefix, in buckets: of those objects that pass a filter of names, if
 * there is one. Parallelism: none, since a listing's pages come one after the other.
 */
final class ListObjects extends PTransform<PBegin, PCollection<KV<Integer, PackedRows>>> {

  private static final long serialVersionUID = 1L;

  private final MatchRules rules;
  private final S3Settings s3;
  private final NameBuckets buckets;
  private final @Nullable PCollectionView<NameFilter> filter;

  ListObjects(
      MatchRules rules,
      S3Settings s3,
      NameBuckets buckets,
      @Nullable PCollectionView<NameFilter> filter) {
    this.rules = rules;
    this.s3 = s3;
    this.buckets = buckets;
    this.filter = filter;
  }

  @Override
  public PCollection<KV<Integer, PackedRows>> expand(PBegin begin) {
    ParDo.SingleOutput<String, KV<Integer, PackedRows>> list =
        ParDo.of(new ListFn(rules.bucket(), s3, buckets, filter));
    return begin
        .apply("Prefix", Create.of(rules.prefix()))
        .apply("ListObjects", filter == null ? list : list.withSideInputs(filter))
        .setCoder(BucketPacks.elementCoder());
  }

  private static final class ListFn extends DoFn<String, KV<Integer, PackedRows>> {

    private static final long serialVersionUID = 1L;

    private final String bucket;
    private final S3Settings s3;
    private final NameBuckets buckets;
    private final @Nullable PCollectionView<NameFilter> filter;
    private final Counter keysListed = MatchCounters.of(MatchCounters.KEYS_LISTED);
    private final Counter requests = MatchCounters.of(MatchCounters.REQUESTS);
    private transient Shared.@Nullable Lease<S3ObjectLister> lister;

    ListFn(
        String bucket,
        S3Settings s3,
        NameBuckets buckets,
        @Nullable PCollectionView<NameFilter> filter) {
      this.bucket = bucket;
      this.s3 = s3;
      this.buckets = buckets;
      this.filter = filter;
    }

    @Setup
    public void open() throws IOException {
      lister = SharedListers.lease(s3);
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      if (lister == null) {
        throw new IllegalStateException("used before @Setup");
      }
      NameFilter names = filter == null ? null : context.sideInput(filter);
      BucketPacks<ListedObject> packs = new BucketPacks<>(RowCoders.OBJECT);
      try {
        requests.inc(
            lister
                .get()
                .list(
                    bucket,
                    context.element(),
                    "",
                    object -> {
                      keysListed.inc();
                      add(object, names, packs, context);
                      return true;
                    }));
      } catch (FetchException e) {
        throw ObjectAnswers.aborted(e, s3);
      } catch (UncheckedIOException e) {
        throw new IOException(e.getMessage(), e);
      }
      packs.rest().forEach(context::output);
    }

    private void add(
        ListedObject object,
        @Nullable NameFilter names,
        BucketPacks<ListedObject> packs,
        ProcessContext context) {
      try {
        for (int place : buckets.of(object.key(), token -> names == null || names.mayHave(token))) {
          packs.add(place, object).ifPresent(context::output);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Teardown
    public void close() throws IOException {
      if (lister != null) {
        lister.close();
      }
    }
  }
}
