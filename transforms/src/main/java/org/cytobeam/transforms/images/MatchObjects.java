package org.cytobeam.transforms.images;

import com.google.auto.value.AutoValue;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.transforms.flow.PackBuckets;
import org.cytobeam.transforms.flow.PackedRows;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;
import org.jspecify.annotations.Nullable;

/**
 * Finds the objects that names mean: a pending item for each, whose facts have what the bucket says
 * of it, or a failed one for a name without an object, with several, or with another's file.
 *
 * <p>Rows with equal names are one; {@link ImageKeys#ROWS} says how many they were. {@link
 * NameMatch} has the rules, {@link SavedPath} the files. Where a listing is read, a filter of the
 * names, up to a million of them, keeps most objects out of the shuffle; then names and objects
 * meet in some hundred buckets, and the items once more by the files that they would have. No step
 * holds more than a bucket.
 *
 * <p>If the bucket can't be asked the run aborts, since no name is missing then. A single name that
 * gets no answer fails. Parallelism: that of the buckets; a listing is read by one worker.
 */
@AutoValue
public abstract class MatchObjects
    extends PTransform<PCollection<ListedName>, PCollection<Outcome>> {

  /** The name of the step in failures. */
  public static final String STEP = "MatchObjects";

  /** The most names that a filter is made of: 8 MB in each worker. */
  static final long MOST_FILTERED = 1_000_000;

  private static final long UNKNOWN = 100_000;

  abstract MatchRules rules();

  abstract S3Settings s3();

  abstract Lookup lookup();

  abstract long names();

  abstract TableOrder order();

  /** Returns the step, which lists objects and expects some hundred thousand names. */
  public static MatchObjects by(MatchRules rules, S3Settings s3) {
    return new AutoValue_MatchObjects(rules, s3, Lookup.LIST, UNKNOWN, new TableOrder(List.of()));
  }

  /**
   * Sets how objects are found; {@link Lookup#AUTO} lists, for only a {@link LookupChoice} made
   * before can tell better.
   *
   * @throws IllegalArgumentException if names that may not be keys are to be asked for
   */
  public MatchObjects withLookup(Lookup lookup) {
    if (lookup == Lookup.HEAD && rules().match() != MatchRules.Match.KEY) {
      throw new IllegalArgumentException("only names that are keys can be asked for one by one");
    }
    return new AutoValue_MatchObjects(rules(), s3(), lookup, names(), order());
  }

  /** Sets how many different names there are, about. */
  public MatchObjects withNames(long expected) {
    return new AutoValue_MatchObjects(rules(), s3(), lookup(), expected, order());
  }

  /** Sets in which order tables come: of rows with equal names the first counts. */
  public MatchObjects withTables(List<String> addresses) {
    return new AutoValue_MatchObjects(rules(), s3(), lookup(), names(), new TableOrder(addresses));
  }

  @Override
  public PCollection<Outcome> expand(PCollection<ListedName> names) {
    NameBuckets buckets = NameBuckets.forNames(names(), rules());
    PCollection<KV<Integer, PackedRows>> packed =
        names.apply("PackNames", PackBuckets.by(buckets::of));
    PCollection<Outcome> matched =
        lookup() == Lookup.HEAD
            ? packed.apply("LookForObjects", new LookForObjects(rules(), s3(), order()))
            : packed.apply("Match", new MatchListed(this, buckets, filter(names)));
    return matched
        .setCoder(OutcomeCoder.of())
        .apply("SettleClashes", new SettleClashes(rules(), order(), buckets.count()));
  }

  private @Nullable PCollectionView<NameFilter> filter(PCollection<ListedName> names) {
    return names() > MOST_FILTERED ? null : names.apply("FilterNames", new FilterNames());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("bucket", rules().bucket()).withLabel("Bucket"))
        .add(DisplayData.item("prefix", rules().prefix()).withLabel("Prefix"))
        .add(DisplayData.item("match", rules().match().name()).withLabel("Farthest match"))
        .add(DisplayData.item("ambiguous", rules().ambiguous().name()).withLabel("Of several"))
        .add(DisplayData.item("lookup", lookup().name()).withLabel("Look-up"))
        .add(DisplayData.item("names", names()).withLabel("Names expected"));
  }

  /** Lists objects, and lets names meet them. */
  private static final class MatchListed
      extends PTransform<PCollection<KV<Integer, PackedRows>>, PCollection<Outcome>> {

    private static final long serialVersionUID = 1L;

    private static final TupleTag<PackedRows> NAMES = new TupleTag<>() {};
    private static final TupleTag<PackedRows> OBJECTS = new TupleTag<>() {};

    private final MatchRules rules;
    private final TableOrder order;
    private final ListObjects listing;

    MatchListed(
        MatchObjects step, NameBuckets buckets, @Nullable PCollectionView<NameFilter> filter) {
      this.rules = step.rules();
      this.order = step.order();
      this.listing = new ListObjects(step.rules(), step.s3(), buckets, filter);
    }

    @Override
    public PCollection<Outcome> expand(PCollection<KV<Integer, PackedRows>> names) {
      return KeyedPCollectionTuple.of(NAMES, names)
          .and(OBJECTS, names.getPipeline().apply("ListObjects", listing))
          .apply("Meet", CoGroupByKey.create())
          .apply("MatchNames", ParDo.of(new MatchFn(rules, order)));
    }

    private static final class MatchFn extends DoFn<KV<Integer, CoGbkResult>, Outcome> {

      private static final long serialVersionUID = 1L;

      private final MatchRules rules;
      private final TableOrder order;
      private final Counter matched = MatchCounters.of(MatchCounters.MATCHED);

      MatchFn(MatchRules rules, TableOrder order) {
        this.rules = rules;
        this.order = order;
      }

      @ProcessElement
      public void process(@Element KV<Integer, CoGbkResult> bucket, OutputReceiver<Outcome> out) {
        NamesOfBucket names = new NamesOfBucket(rules, order);
        bucket
            .getValue()
            .getAll(NAMES)
            .forEach(pack -> pack.decoded(RowCoders.NAME).forEach(names::add));
        Collection<NamesOfBucket.Entry> entries = names.entries();
        names.unusable().forEach(out::output);
        NameMatch match = new NameMatch(rules);
        entries.forEach(entry -> match.want(entry.wanted()));
        bucket
            .getValue()
            .getAll(OBJECTS)
            .forEach(pack -> pack.decoded(RowCoders.OBJECT).forEach(match::offer));
        MatchedItems items = new MatchedItems(rules);
        for (NamesOfBucket.Entry entry : entries) {
          match
              .best(entry.wanted())
              .ifPresentOrElse(
                  candidates -> {
                    matched.inc();
                    items.found(entry.merged(), candidates).forEach(out::output);
                  },
                  () -> out.output(items.missing(entry.merged())));
        }
      }
    }
  }
}
