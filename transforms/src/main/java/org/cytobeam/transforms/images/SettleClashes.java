package org.cytobeam.transforms.images;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.transforms.flow.PackBuckets;
import org.cytobeam.transforms.flow.PackedRows;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;
import org.jspecify.annotations.Nullable;

/**
 * Lets items meet by the files that they would have, in some buckets, and settles their {@link
 * Clashes}. An item also goes to the places of the folders that its file lies in, one of those in
 * each folder and bundle, to meet the item whose file that folder would be.
 */
final class SettleClashes extends PTransform<PCollection<Outcome>, PCollection<Outcome>> {

  private static final long serialVersionUID = 1L;

  private static final Coder<KV<String, Outcome>> PLACED =
      KvCoder.of(StringUtf8Coder.of(), OutcomeCoder.of());

  private final MatchRules rules;
  private final TableOrder order;
  private final int buckets;

  SettleClashes(MatchRules rules, TableOrder order, int buckets) {
    this.rules = rules;
    this.order = order;
    this.buckets = buckets;
  }

  @Override
  public PCollection<Outcome> expand(PCollection<Outcome> items) {
    int count = buckets;
    return items
        .apply("Place", ParDo.of(new PlaceFn(order)))
        .setCoder(PLACED)
        .apply("PackFiles", PackBuckets.by(item -> TextHash.bucket(item.getKey(), count)))
        .apply("Files", GroupByKey.create())
        .apply("Settle", ParDo.of(new SettleFn(rules, order)))
        .setCoder(OutcomeCoder.of());
  }

  private static final class PlaceFn extends DoFn<Outcome, KV<String, Outcome>> {

    private static final long serialVersionUID = 1L;

    /** Folders of a bundle that are kept, to send each but once. */
    private static final int MOST_FOLDERS = 10_000;

    private final TableOrder order;
    private transient @Nullable Map<String, Outcome> folders;

    PlaceFn(TableOrder order) {
      this.order = order;
    }

    @StartBundle
    public void start() {
      folders = new HashMap<>();
    }

    @ProcessElement
    public void process(@Element Outcome item, OutputReceiver<KV<String, Outcome>> out) {
      out.output(KV.of(Clashes.file(item), item));
      if (item.isPending()) {
        for (String folder : Clashes.folders(item)) {
          folders().merge(folder, item, Clashes.firstBy(order));
        }
      }
      if (folders().size() > MOST_FOLDERS) {
        folders().forEach((folder, inside) -> out.output(KV.of(folder, inside)));
        folders().clear();
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      folders()
          .forEach(
              (folder, inside) ->
                  context.output(
                      KV.of(folder, inside),
                      BoundedWindow.TIMESTAMP_MIN_VALUE,
                      GlobalWindow.INSTANCE));
    }

    private Map<String, Outcome> folders() {
      if (folders == null) {
        throw new IllegalStateException("used outside a bundle");
      }
      return folders;
    }
  }

  private static final class SettleFn extends DoFn<KV<Integer, Iterable<PackedRows>>, Outcome> {

    private static final long serialVersionUID = 1L;

    private final MatchRules rules;
    private final TableOrder order;

    SettleFn(MatchRules rules, TableOrder order) {
      this.rules = rules;
      this.order = order;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<PackedRows>> bucket, OutputReceiver<Outcome> out) {
      Clashes clashes = new Clashes(rules, order);
      bucket
          .getValue()
          .forEach(
              pack ->
                  pack.decoded(PLACED)
                      .forEach(placed -> clashes.add(placed.getKey(), placed.getValue())));
      clashes.settled().forEach(out::output);
    }
  }
}
