package org.cytobeam.transforms.images;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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
import org.cytobeam.transforms.outcome.ItemSet;
import org.cytobeam.transforms.s3.HeldCredentials;
import org.jspecify.annotations.Nullable;

/**
 * Reads the names in tables of any format that {@link NameTable} opens, local or on any file system
 * that Beam knows.
 *
 * <p>A row that can't be read is an element with a {@link ListedName#getProblem}; a table that
 * can't be read fails the pipeline. Rows with equal names are all there. Parallelism: the number of
 * tables. Order: none is kept.
 */
@AutoValue
public abstract class ReadNames extends PTransform<PBegin, PCollection<ListedName>> {

  /** Counts rows. */
  public static final String ROWS_READ = "rows_read";

  /** Counts rows with a problem. */
  public static final String ROWS_UNUSABLE = "rows_unusable";

  /** Counts rows that were not asked for. */
  public static final String ROWS_UNWANTED = "rows_unwanted";

  abstract List<String> tables();

  abstract @Nullable String column();

  abstract Optional<HeldCredentials> credentials();

  abstract @Nullable ItemSet only();

  /** Returns a reader of tables by their addresses, no globs, of all names. */
  public static ReadNames from(List<String> tables) {
    return new AutoValue_ReadNames(List.copyOf(tables), null, Optional.empty(), null);
  }

  /** Sets which column has the names; null lets each table tell. */
  public ReadNames withColumn(@Nullable String column) {
    return new AutoValue_ReadNames(tables(), column, credentials(), only());
  }

  /** Sets what the workers are to read tables in S3 with, if the options name any. */
  public ReadNames withCredentials(Optional<HeldCredentials> credentials) {
    return new AutoValue_ReadNames(tables(), column(), credentials, only());
  }

  /**
   * Sets the only names that are wanted; null wants all. Then rows that can't be read are left out
   * too.
   */
  public ReadNames withOnly(@Nullable ItemSet names) {
    return new AutoValue_ReadNames(tables(), column(), credentials(), names);
  }

  @Override
  public PCollection<ListedName> expand(PBegin begin) {
    return begin
        .apply("Tables", Create.of(tables()))
        .apply("SpreadTables", Reshuffle.viaRandomKey())
        .apply("ReadRows", ParDo.of(new ReadRowsFn(this)))
        .setCoder(RowCoders.NAME);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    ItemSet only = only();
    builder
        .add(
            DisplayData.item("tables", Redaction.of(String.join(", ", tables())))
                .withLabel("Tables"))
        .addIfNotNull(DisplayData.item("column", column()).withLabel("Column of the names"))
        .addIfNotNull(
            DisplayData.item("only", only == null ? null : only.size()).withLabel("Names wanted"));
  }

  private static final class ReadRowsFn extends DoFn<String, ListedName> {

    private static final long serialVersionUID = 1L;

    private final @Nullable String column;
    private final @Nullable HeldCredentials credentials;
    private final @Nullable ItemSet only;
    private final Counter rowsRead = Metrics.counter(ReadNames.class, ROWS_READ);
    private final Counter rowsUnusable = Metrics.counter(ReadNames.class, ROWS_UNUSABLE);
    private final Counter rowsUnwanted = Metrics.counter(ReadNames.class, ROWS_UNWANTED);

    ReadRowsFn(ReadNames step) {
      this.column = step.column();
      this.credentials = step.credentials().orElse(null);
      this.only = step.only();
    }

    @Setup
    public void setUp() {
      if (credentials != null) {
        credentials.hold();
      }
    }

    @ProcessElement
    public void process(@Element String address, OutputReceiver<ListedName> out)
        throws IOException {
      try (NameTable table = NameTable.open(address, column)) {
        for (ListedName name = table.next(); name != null; name = table.next()) {
          rowsRead.inc();
          if (only != null && !(name.getProblem() == null && only.contains(name.getName()))) {
            rowsUnwanted.inc();
            continue;
          }
          if (name.getProblem() != null) {
            rowsUnusable.inc();
          }
          out.output(name);
        }
      }
    }
  }
}
