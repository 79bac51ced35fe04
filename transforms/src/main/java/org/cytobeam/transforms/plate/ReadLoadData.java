package org.cytobeam.transforms.plate;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.io.secrets.Redaction;
import org.cytobeam.transforms.s3.HeldCredentials;
import org.jspecify.annotations.Nullable;

/**
 * Reads the wanted sites of load_data tables and job files: CSV, gzipped CSV or Parquet, local or
 * on any file system that Beam knows.
 *
 * <p>A row that can't be read is an element with a {@link LoadDataRow#problem()}; a table that
 * can't be read fails the pipeline. Rows whose {@code filter} is false, and wells and sites that
 * were not asked for, are counted and left out. Parallelism: the number of tables.
 */
@AutoValue
public abstract class ReadLoadData extends PTransform<PBegin, PCollection<LoadDataRow>> {

  abstract List<String> tables();

  abstract PlateSelection selection();

  abstract Optional<HeldCredentials> credentials();

  /**
   * Returns a reader of tables, each an address or a glob, with the five Cell Painting channels.
   */
  public static ReadLoadData from(List<String> tables) {
    return new AutoValue_ReadLoadData(
        List.copyOf(tables),
        PlateSelection.ofChannels(PlateSelection.CELL_PAINTING),
        Optional.empty());
  }

  /** Sets which channels, wells and sites are wanted. */
  public ReadLoadData withSelection(PlateSelection selection) {
    return new AutoValue_ReadLoadData(tables(), selection, credentials());
  }

  /** Sets what the workers are to read tables in S3 with, if the options name any. */
  public ReadLoadData withCredentials(Optional<HeldCredentials> credentials) {
    return new AutoValue_ReadLoadData(tables(), selection(), credentials);
  }

  @Override
  public PCollection<LoadDataRow> expand(PBegin begin) {
    HeldCredentials held = credentials().orElse(null);
    return begin
        .apply("Tables", Create.of(tables()))
        .apply("MatchTables", ParDo.of(new MatchTablesFn(held)))
        .apply("SpreadTables", Reshuffle.viaRandomKey())
        .apply("ReadRows", ParDo.of(new ReadRowsFn(selection(), held)));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(
            DisplayData.item("tables", Redaction.of(String.join(", ", tables())))
                .withLabel("Tables"))
        .add(
            DisplayData.item("channels", String.join(", ", selection().channels()))
                .withLabel("Channels"))
        .add(DisplayData.item("wells", selection().wells().size()).withLabel("Wells wanted"))
        .add(DisplayData.item("sites", selection().sites().size()).withLabel("Sites wanted"));
  }

  private static void hold(@Nullable HeldCredentials credentials) {
    if (credentials != null) {
      credentials.hold();
    }
  }

  /** What {@code FileIO.matchAll} does, which can't be brought any credentials. */
  private static final class MatchTablesFn extends DoFn<String, String> {

    private static final long serialVersionUID = 1L;

    private final @Nullable HeldCredentials credentials;

    MatchTablesFn(@Nullable HeldCredentials credentials) {
      this.credentials = credentials;
    }

    @Setup
    public void setUp() {
      hold(credentials);
    }

    @ProcessElement
    public void process(@Element String table, OutputReceiver<String> out) throws IOException {
      for (MatchResult.Metadata file :
          FileSystems.match(table, EmptyMatchTreatment.DISALLOW).metadata()) {
        out.output(file.resourceId().toString());
      }
    }
  }

  private static final class ReadRowsFn extends DoFn<String, LoadDataRow> {

    private static final long serialVersionUID = 1L;

    private final PlateSelection selection;
    private final @Nullable HeldCredentials credentials;
    private final Counter rowsRead = Metrics.counter(ReadLoadData.class, "rows_read");
    private final Counter rowsFiltered = Metrics.counter(ReadLoadData.class, "rows_filtered");
    private final Counter rowsUnusable = Metrics.counter(ReadLoadData.class, "rows_unusable");

    ReadRowsFn(PlateSelection selection, @Nullable HeldCredentials credentials) {
      this.selection = selection;
      this.credentials = credentials;
    }

    @Setup
    public void setUp() {
      hold(credentials);
    }

    @ProcessElement
    public void process(@Element String file, OutputReceiver<LoadDataRow> out) throws IOException {
      ResourceId address = FileSystems.matchNewResource(file, false);
      try (LoadDataTable table = LoadDataTable.open(address, selection)) {
        for (LoadDataRow row = table.next(); row != null; row = table.next()) {
          if (row.getProblem() != null) {
            rowsUnusable.inc();
          }
          out.output(row);
        }
        rowsRead.inc(table.read());
        rowsFiltered.inc(table.filtered());
      }
    }
  }
}
