package org.cytobeam.transforms.outcome;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.cytobeam.transforms.flow.GatherRows;
import org.cytobeam.transforms.flow.PackedRows;

/**
 * Splits what a run did into results and failures, and writes the tables of the output folder: the
 * manifest merged from the one before, the journal and this run's rows; the failures; the tables of
 * the job; the summary of the run.
 *
 * <p>Takes what comes out of a writing step: small outcomes without bytes. They are grouped right
 * away, which keeps Spark from computing them again for each use. The tables are written by one
 * worker, which holds one row an item in memory, about 3 kB each; an input without any item gets
 * its tables too. Idempotent: a repeated element or bundle writes the same rows again.
 */
@AutoValue
public abstract class Summarize extends PTransform<PCollection<Outcome>, PCollectionTuple> {

  /** The rows of items that are done, by this run or before it. */
  public static final TupleTag<Outcome> RESULTS = new TupleTag<>() {};

  /** The rows of items that failed. */
  public static final TupleTag<Outcome> FAILURES = new TupleTag<>() {};

  /** One element, when all tables are written. */
  public static final TupleTag<RunSummary> SUMMARY = new TupleTag<>() {};

  abstract RunSettings run();

  abstract JobTables job();

  /** Returns a summary into the output folder of a run. */
  public static Summarize of(RunSettings run, JobTables job) {
    return new AutoValue_Summarize(run, job);
  }

  @Override
  public PCollectionTuple expand(PCollection<Outcome> written) {
    PCollection<PackedRows> settled =
        written.apply("Settle", GatherRows.byId(row -> row.getItem().getId()));
    PCollectionTuple split =
        settled.apply(
            "ResultsAndFailures",
            ParDo.of(new SplitFn()).withOutputTags(RESULTS, TupleTagList.of(FAILURES)));
    return PCollectionTuple.of(RESULTS, split.get(RESULTS).setCoder(OutcomeCoder.of()))
        .and(FAILURES, split.get(FAILURES).setCoder(OutcomeCoder.of()))
        .and(SUMMARY, settled.apply("Tables", new WriteTables(run(), job())));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("root", run().destination().root()).withLabel("Output folder"));
  }

  private static final class SplitFn extends DoFn<PackedRows, Outcome> {

    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element PackedRows rows, MultiOutputReceiver out) {
      rows.decoded(OutcomeCoder.of())
          .forEach(
              outcome ->
                  out.get(outcome.getFailure() == null ? RESULTS : FAILURES).output(outcome));
    }
  }

  /** Brings all rows, however many, to one place, and writes the tables there. */
  private static final class WriteTables
      extends PTransform<PCollection<PackedRows>, PCollection<RunSummary>> {

    private static final long serialVersionUID = 1L;

    private static final TupleTag<PackedRows> ROWS = new TupleTag<>() {};
    private static final TupleTag<String> START = new TupleTag<>() {};

    private final RunSettings run;
    private final JobTables job;

    WriteTables(RunSettings run, JobTables job) {
      this.run = run;
      this.job = job;
    }

    @Override
    public PCollection<RunSummary> expand(PCollection<PackedRows> rows) {
      PCollection<KV<Integer, String>> start =
          rows.getPipeline().apply("EvenWithoutRows", Create.of(KV.of(0, run.run().value())));
      PCollection<KV<Integer, PackedRows>> keyed =
          rows.apply("OnePlace", WithKeys.<Integer, PackedRows>of(0))
              .setCoder(KvCoder.of(VarIntCoder.of(), PackedRows.coder()));
      return KeyedPCollectionTuple.of(ROWS, keyed)
          .and(START, start)
          .apply("AllRows", CoGroupByKey.create())
          .apply("WriteTables", ParDo.of(new WriteTablesFn(run, job)));
    }

    private static final class WriteTablesFn extends DoFn<KV<Integer, CoGbkResult>, RunSummary> {

      private static final long serialVersionUID = 1L;

      private final RunSettings run;
      private final JobTables job;

      WriteTablesFn(RunSettings run, JobTables job) {
        this.run = run;
        this.job = job;
      }

      @ProcessElement
      @SuppressWarnings("StreamToIterable") // Read once, and never held whole.
      public void process(@Element KV<Integer, CoGbkResult> all, OutputReceiver<RunSummary> out)
          throws IOException {
        Iterable<PackedRows> packed = all.getValue().getAll(ROWS);
        Stream<Outcome> rows =
            StreamSupport.stream(packed.spliterator(), false)
                .flatMap(some -> some.decoded(OutcomeCoder.of()));
        out.output(new RunTables(run, job).write(rows::iterator));
      }
    }
  }
}
