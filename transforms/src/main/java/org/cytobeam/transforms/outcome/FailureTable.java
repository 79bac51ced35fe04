package org.cytobeam.transforms.outcome;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cytobeam.io.table.Column;
import org.cytobeam.io.table.CsvTable;
import org.jspecify.annotations.Nullable;

/** {@code failures.csv}: one row a failed item, made to be read, filtered and sent on. */
final class FailureTable {

  private static final List<Column> FIRST =
      List.of(
          Column.string("class"),
          Column.bool("retryable"),
          Column.string("uri"),
          Column.string("message"),
          Column.string("step"),
          Column.int64("attempts"));

  private static final List<Column> LAST =
      List.of(
          Column.string("input"), Column.string("id"), Column.string("run"), Column.string("at"));

  private FailureTable() {}

  /** Writes the failed ones of some rows, in their order; the header also if there are none. */
  static void write(OutputStream out, Collection<ManifestRow> rows) throws IOException {
    List<ManifestRow> failed = rows.stream().filter(row -> !row.done()).toList();
    SortedSet<String> keys = new TreeSet<>();
    failed.forEach(row -> keys.addAll(row.getItem().getKeys().keySet()));
    List<Column> columns = new ArrayList<>(FIRST);
    ColumnNames names = new ColumnNames(Stream.of(FIRST, LAST).flatMap(List::stream).toList());
    keys.forEach(key -> columns.add(Column.string(names.take(key))));
    columns.addAll(LAST);
    CsvTable.write(out, columns, failed.stream().map(row -> cells(row, keys)).iterator());
  }

  private static List<@Nullable Object> cells(ManifestRow row, SortedSet<String> keys) {
    Failure failure = row.getFailure();
    if (failure == null) {
      throw new IllegalArgumentException(row.getItem().getId() + " is no failure");
    }
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(failure.getFailureClass().label());
    cells.add(failure.getFailureClass().retryable());
    cells.add(row.getItem().getUri());
    cells.add(failure.getMessage());
    cells.add(failure.getStep());
    cells.add((long) failure.getAttempts());
    keys.forEach(key -> cells.add(row.getItem().getKeys().get(key)));
    cells.add(row.getItem().getInput());
    cells.add(row.getItem().getId());
    cells.add(row.getRun());
    cells.add(Instant.ofEpochMilli(row.getAt()).toString());
    return cells;
  }
}
