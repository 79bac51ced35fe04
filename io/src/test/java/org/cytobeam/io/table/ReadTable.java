package org.cytobeam.io.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Whole small tables for tests. */
final class ReadTable {

  private ReadTable() {}

  static List<TableRow> rows(byte[] bytes) throws IOException {
    return rows(bytes, TableLimits.standard(), column -> true);
  }

  static List<TableRow> rows(byte[] bytes, TableLimits limits, Predicate<String> wanted)
      throws IOException {
    try (TableRows rows = Tables.open("t", new MemoryChannel(bytes), limits, wanted)) {
      List<TableRow> all = new ArrayList<>();
      for (TableRow row = rows.next(); row != null; row = rows.next()) {
        all.add(row);
      }
      return all;
    }
  }

  /** Each row as {@code line: cell|cell}, an absent cell as {@code -}, or its problem. */
  static List<String> lines(byte[] bytes) throws IOException {
    return lines(bytes, TableLimits.standard(), column -> true);
  }

  static List<String> lines(String csv) throws IOException {
    return lines(csv.getBytes(StandardCharsets.UTF_8));
  }

  static List<String> lines(byte[] bytes, TableLimits limits, Predicate<String> wanted)
      throws IOException {
    List<String> columns = columns(bytes, limits, wanted);
    return rows(bytes, limits, wanted).stream().map(row -> line(columns, row)).toList();
  }

  static List<String> columns(byte[] bytes, TableLimits limits, Predicate<String> wanted)
      throws IOException {
    try (TableRows rows = Tables.open("t", new MemoryChannel(bytes), limits, wanted)) {
      return rows.columns();
    }
  }

  private static String line(List<String> columns, TableRow row) {
    return row.problem()
        .map(problem -> row.where() + ": " + problem)
        .orElseGet(
            () ->
                row.line()
                    + ": "
                    + String.join(
                        "|", columns.stream().map(name -> row.get(name).orElse("-")).toList()));
  }
}
