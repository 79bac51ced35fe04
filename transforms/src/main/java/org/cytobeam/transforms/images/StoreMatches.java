package org.cytobeam.transforms.images;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.transforms.flow.PackBuckets;
import org.cytobeam.transforms.flow.PackedRows;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.ItemSet;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;
import org.cytobeam.transforms.outcome.RunFolder;
import org.cytobeam.transforms.outcome.RunSettings;
import org.jspecify.annotations.Nullable;

/**
 * Stores what names mean as a plan, which {@link ReadMatches} reads again, and says what it comes
 * to: one {@link MatchAnalysis}, also for tables without any name.
 *
 * <p>The plan has all items as they came. Which of them are done already is only counted, by the
 * lengths of their files; the step that fetches looks closer. The analysis is written last, so that
 * a plan with one is complete. Idempotent. Parallelism: the buckets. Memory: a bucket, or the
 * missing names of 65,536 rows.
 */
@AutoValue
public abstract class StoreMatches
    extends PTransform<PCollection<Outcome>, PCollection<MatchAnalysis>> {

  /** The folder of a plan in the record of its run. */
  public static final String FOLDER = "matches";

  private static final long UNKNOWN = 100_000;

  abstract RunSettings run();

  abstract DestinationSettings plan();

  abstract String folder();

  abstract TableOrder order();

  abstract long names();

  abstract ItemSet downloaded();

  abstract Builder toBuilder();

  /** Sets the fields. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setRun(RunSettings run);

    abstract Builder setPlan(DestinationSettings plan);

    abstract Builder setFolder(String folder);

    abstract Builder setOrder(TableOrder order);

    abstract Builder setNames(long names);

    abstract Builder setDownloaded(ItemSet names);

    abstract StoreMatches build();
  }

  /** Returns a step that stores the plan in the record of a run. */
  public static StoreMatches into(RunSettings run) {
    return new AutoValue_StoreMatches.Builder()
        .setRun(run)
        .setPlan(run.destination())
        .setFolder(RunFolder.ofRun(run.run(), FOLDER))
        .setOrder(new TableOrder(List.of()))
        .setNames(UNKNOWN)
        .setDownloaded(ItemSet.of(List.of()))
        .build();
  }

  /** Sets another place for the plan: a run that is only tried leaves nothing in its folder. */
  public StoreMatches withPlan(DestinationSettings plan, String folder) {
    return toBuilder().setPlan(plan).setFolder(folder).build();
  }

  /** Sets in which order tables come. */
  public StoreMatches withTables(List<String> addresses) {
    return toBuilder().setOrder(new TableOrder(addresses)).build();
  }

  /** Sets how many different names there are, about. */
  public StoreMatches withNames(long expected) {
    return toBuilder().setNames(expected).build();
  }

  /**
   * Sets the names that an earlier downloader says it has fetched: those whose file has the length
   * of their object are counted as done, for {@link AdoptFiles} will take them over.
   */
  public StoreMatches withDownloaded(ItemSet names) {
    return toBuilder().setDownloaded(names).build();
  }

  @Override
  public PCollection<MatchAnalysis> expand(PCollection<Outcome> outcomes) {
    int parts = NameBuckets.count(names());
    KvCoder<Long, PlanPiece> keyed = KvCoder.of(VarLongCoder.of(), new PlanPiece.PieceCoder());
    PCollection<KV<Long, PlanPiece>> pieces =
        outcomes
            .apply("PackNames", PackBuckets.by(outcome -> part(outcome, parts)))
            .apply("Parts", GroupByKey.create())
            .apply("WriteParts", ParDo.of(new WritePartFn(this)))
            .setCoder(keyed);
    PCollection<KV<Long, PlanPiece>> start =
        outcomes
            .getPipeline()
            .apply(
                "EvenWithoutNames",
                Create.of(KV.of(PlanPiece.COUNTS, PlanPiece.of(new MatchTally())))
                    .withCoder(keyed));
    return PCollectionList.of(pieces)
        .and(start)
        .apply("Pieces", Flatten.pCollections())
        .apply("Stretches", GroupByKey.create())
        .apply("WriteMissing", ParDo.of(new WriteMissingFn(plan(), folder())))
        .setCoder(KvCoder.of(VarIntCoder.of(), new PlanPiece.PieceCoder()))
        .apply("OnePlace", GroupByKey.create())
        .apply("Finish", ParDo.of(new FinishFn(plan(), folder())));
  }

  /** Returns the part of an item: the same for all items of a name. */
  private static int part(Outcome outcome, int parts) {
    Map<String, String> keys = outcome.getItem().getKeys();
    return TextHash.bucket(keys.getOrDefault(ImageKeys.NAME, outcome.getItem().getInput()), parts);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("root", plan().root()).withLabel("Where the plan is"))
        .add(DisplayData.item("folder", folder()).withLabel("Folder of the plan"));
  }

  private static final class WritePartFn
      extends MatchPlan.PlanFn<KV<Integer, Iterable<PackedRows>>, KV<Long, PlanPiece>> {

    private static final long serialVersionUID = 1L;

    private final RunSettings run;
    private final TableOrder order;
    private final ItemSet downloaded;
    private transient Shared.@Nullable Lease<DoneItems> done;

    WritePartFn(StoreMatches step) {
      super(step.plan(), step.folder());
      this.run = step.run();
      this.order = step.order();
      this.downloaded = step.downloaded();
    }

    @Override
    void opened() throws IOException {
      done = DoneItems.lease(run);
    }

    @Override
    void closing() throws IOException {
      if (done != null) {
        done.close();
      }
    }

    private List<Presence> presences(List<Outcome> outcomes) throws IOException {
      if (done == null) {
        throw new IllegalStateException("used before @Setup");
      }
      return done.get().presences(outcomes, downloaded);
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<PackedRows>> bucket, OutputReceiver<KV<Long, PlanPiece>> out)
        throws IOException {
      List<Outcome> outcomes = new ArrayList<>();
      bucket.getValue().forEach(pack -> pack.decoded(OutcomeCoder.of()).forEach(outcomes::add));
      MatchTally tally = new MatchTally();
      Map<Long, PackedRows.Builder<MissingName>> missing = new TreeMap<>();
      List<Presence> presences = presences(outcomes);
      for (int i = 0; i < outcomes.size(); i++) {
        Outcome outcome = outcomes.get(i);
        long place = order.of(outcome.getItem().getInput());
        tally.add(outcome, presences.get(i), place);
        if (isMissing(outcome)) {
          MissingName name = new MissingName(place, outcome.getItem().key(ImageKeys.NAME));
          missing
              .computeIfAbsent(name.stretch(), s -> PackedRows.builder(new MissingName.NameCoder()))
              .add(name);
        }
      }
      plan().writePart(bucket.getKey(), outcomes);
      out.output(KV.of(PlanPiece.COUNTS, PlanPiece.of(tally)));
      missing.forEach((stretch, rows) -> out.output(KV.of(stretch, PlanPiece.of(rows.build()))));
    }

    private static boolean isMissing(Outcome outcome) {
      Failure failure = outcome.getFailure();
      return failure != null && failure.getFailureClass() == FailureClass.MISSING;
    }
  }

  private static final class WriteMissingFn
      extends MatchPlan.PlanFn<KV<Long, Iterable<PlanPiece>>, KV<Integer, PlanPiece>> {

    private static final long serialVersionUID = 1L;

    WriteMissingFn(DestinationSettings settings, String folder) {
      super(settings, folder);
    }

    @ProcessElement
    public void process(
        @Element KV<Long, Iterable<PlanPiece>> stretch, OutputReceiver<KV<Integer, PlanPiece>> out)
        throws IOException {
      MatchTally tally = new MatchTally();
      List<MissingName> missing = new ArrayList<>();
      for (PlanPiece piece : stretch.getValue()) {
        piece.addTo(tally);
        piece.missing().forEach(missing::add);
      }
      if (stretch.getKey() == PlanPiece.COUNTS) {
        out.output(KV.of(0, PlanPiece.of(tally)));
      } else {
        plan().writeMissing(stretch.getKey(), missing.stream().sorted(MissingName.IN_ORDER));
        out.output(KV.of(0, PlanPiece.of(stretch.getKey())));
      }
    }
  }

  private static final class FinishFn
      extends MatchPlan.PlanFn<KV<Integer, Iterable<PlanPiece>>, MatchAnalysis> {

    private static final long serialVersionUID = 1L;

    FinishFn(DestinationSettings settings, String folder) {
      super(settings, folder);
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<PlanPiece>> all, OutputReceiver<MatchAnalysis> out)
        throws IOException {
      MatchTally tally = new MatchTally();
      TreeSet<Long> stretches = new TreeSet<>();
      for (PlanPiece piece : all.getValue()) {
        piece.addTo(tally);
        piece.stretch().ifPresent(stretches::add);
      }
      MatchAnalysis analysis = tally.analysis();
      plan().finish(stretches, analysis);
      out.output(analysis);
    }
  }
}
