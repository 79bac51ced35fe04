package org.cytobeam.direct.plate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cytobeam.io.table.TableLimits;
import org.cytobeam.io.table.TableRow;
import org.cytobeam.io.table.TableRows;
import org.cytobeam.io.table.Tables;

/** What a run has written down about itself in an output folder. */
public final class Records {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Records() {}

  /** Returns the rows of {@code manifest.jsonl} by their ids. */
  public static SortedMap<String, JsonNode> manifest(Path out) throws IOException {
    SortedMap<String, JsonNode> rows = new TreeMap<>();
    for (String line : Files.readAllLines(out.resolve("_cytobeam/manifest.jsonl"))) {
      JsonNode row = JSON.readTree(line);
      rows.put(row.path("id").asText(), row);
    }
    return rows;
  }

  /** Returns one row of {@code manifest.jsonl}, which must have it. */
  public static JsonNode manifestRow(Path out, String id) throws IOException {
    return Objects.requireNonNull(manifest(out).get(id), id);
  }

  /** Returns the run that wrote each item, by the item's id. */
  public static SortedMap<String, String> runs(Path out) throws IOException {
    SortedMap<String, String> runs = new TreeMap<>();
    manifest(out).forEach((id, row) -> runs.put(id, row.path("run").asText()));
    return runs;
  }

  /** Returns the rows of {@code failures.csv}. */
  public static List<Map<String, String>> failures(Path out) throws IOException {
    return table(out.resolve("_cytobeam/failures.csv"));
  }

  /** Returns the classes of {@code failures.csv} by the ids of their items. */
  public static SortedMap<String, String> failureClasses(Path out) throws IOException {
    SortedMap<String, String> classes = new TreeMap<>();
    failures(out).forEach(row -> classes.put(row.get("id"), row.get("class")));
    return classes;
  }

  /** Returns the rows of a table of any format, without the cells that are empty. */
  public static List<Map<String, String>> table(Path file) throws IOException {
    List<Map<String, String>> all = new ArrayList<>();
    try (TableRows rows =
        Tables.open(file.toString(), Files.newByteChannel(file), TableLimits.standard())) {
      for (TableRow row = rows.next(); row != null; row = rows.next()) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (String column : rows.columns()) {
          row.get(column).ifPresent(text -> cells.put(column, text));
        }
        all.add(cells);
      }
    }
    return all;
  }
}
