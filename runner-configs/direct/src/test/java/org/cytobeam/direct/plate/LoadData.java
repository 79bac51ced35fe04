package org.cytobeam.direct.plate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A load_data table for tests: columns by name, rows as they come, written as CSV. */
final class LoadData {

  /** The values of the five keys that rows have unless a test sets others. */
  static final Map<String, String> KEYS =
      Map.of(
          "Metadata_Source", "source_0",
          "Metadata_Batch", "Batch1",
          "Metadata_Plate", "P1",
          "Metadata_Well", "A01",
          "Metadata_Site", "1");

  private static final List<String> KEY_COLUMNS =
      List.of(
          "Metadata_Source", "Metadata_Batch", "Metadata_Plate", "Metadata_Well", "Metadata_Site");

  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();

  private LoadData(List<String> columns) {
    this.columns = columns;
  }

  /** Creates a table of the five keys and a {@code URL_Orig…} column a channel. */
  static LoadData ofChannels(String... channels) {
    List<String> columns = new ArrayList<>(KEY_COLUMNS);
    for (String channel : channels) {
      columns.add("URL_Orig" + channel);
    }
    return new LoadData(columns);
  }

  /** Creates a table of the five keys and some columns. */
  static LoadData ofColumns(String... more) {
    List<String> columns = new ArrayList<>(KEY_COLUMNS);
    columns.addAll(List.of(more));
    return new LoadData(columns);
  }

  /** Adds a row of a well and a site with the values of the columns after the keys. */
  LoadData site(String well, String site, String... values) {
    return row(Map.of("Metadata_Well", well, "Metadata_Site", site), values);
  }

  /** Adds a row whose keys are set here or are {@link #KEYS}. */
  LoadData row(Map<String, String> keys, String... values) {
    Map<String, String> all = new LinkedHashMap<>(KEYS);
    all.putAll(keys);
    List<String> row = new ArrayList<>(KEY_COLUMNS.stream().map(all::get).toList());
    row.addAll(List.of(values));
    rows.add(row);
    return this;
  }

  List<String> columns() {
    return columns;
  }

  List<List<String>> rows() {
    return rows;
  }

  /** Returns the table as CSV with LF at the end of each line. */
  String csv() {
    List<List<String>> all = new ArrayList<>(List.of(columns));
    all.addAll(rows);
    return all.stream().map(LoadData::line).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(
            cell ->
                cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell)
        .collect(Collectors.joining(","));
  }

  /** Writes the table as CSV and returns the file. */
  Path write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.write(file, csv().getBytes(UTF_8));
  }
}
