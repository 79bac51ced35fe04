package org.cytobeam.transforms.outcome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.cytobeam.io.table.Column;
import org.cytobeam.io.table.ParquetTable;
import org.cytobeam.io.table.TableException;
import org.cytobeam.io.table.TableLimits;
import org.cytobeam.io.table.TypedRows;
import org.jspecify.annotations.Nullable;

/**
 * {@code manifest.parquet}: the columns that all jobs have, then one for each key, measure and time
 * of a step that any row has, by name.
 *
 * <p>Files beside the one named by the id stand as JSON in the column {@code files_beside}. The
 * file's properties say which columns are keys, measures and times, and which version of this form
 * it has, so that a later run reads exactly what was written.
 */
final class ManifestTable {

  private static final String VERSION_PROPERTY = "cytobeam.manifest";
  private static final String KEYS_PROPERTY = "cytobeam.keys";
  private static final String MEASURES_PROPERTY = "cytobeam.measures";
  private static final String STEPS_PROPERTY = "cytobeam.steps";
  private static final String VERSION = "1";
  private static final String MILLIS_SUFFIX = "_ms";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final List<Column> FIXED =
      List.of(
          Column.string("id"),
          Column.string("status"),
          Column.string("class"),
          Column.string("step"),
          Column.string("message"),
          Column.string("uri"),
          Column.string("input"),
          Column.int64("bytes"),
          Column.string("sha256"),
          Column.string("pixels_sha256"),
          Column.string("files_beside"),
          Column.string("etag"),
          Column.string("integrity"),
          Column.int64("source_bytes"),
          Column.int64("attempts"),
          Column.string("options"),
          Column.string("run"),
          Column.string("at"));

  private final List<String> keys;
  private final List<String> measures;
  private final List<String> steps;

  private ManifestTable(List<String> keys, List<String> measures, List<String> steps) {
    this.keys = keys;
    this.measures = measures;
    this.steps = steps;
  }

  /** Writes rows in their order. */
  static void write(OutputStream out, Collection<ManifestRow> rows) throws IOException {
    ManifestTable table =
        new ManifestTable(
            names(rows, row -> row.getItem().getKeys()),
            names(rows, row -> row.getFacts().getMeasures()),
            names(rows, row -> row.getFacts().getMillis()));
    ParquetTable.write(
        out, table.columns(), table.properties(), rows.stream().map(table::cells).iterator());
  }

  /**
   * Reads what {@link #write} made.
   *
   * @param name what messages call the file
   * @throws TableException if it is damaged, or no manifest of a version that is known here
   */
  static void read(String name, SeekableByteChannel channel, Consumer<ManifestRow> rows)
      throws IOException {
    try (TypedRows typed = ParquetTable.read(name, channel, TableLimits.standard())) {
      Map<String, String> properties = typed.properties();
      if (!VERSION.equals(properties.get(VERSION_PROPERTY))) {
        throw new TableException(
            name, "is no manifest of version " + VERSION + ", which is the one known here");
      }
      ManifestTable table =
          new ManifestTable(
              split(properties.get(KEYS_PROPERTY)),
              split(properties.get(MEASURES_PROPERTY)),
              split(properties.get(STEPS_PROPERTY)));
      List<String> expected = table.columns().stream().map(Column::name).toList();
      List<String> found = typed.columns().stream().map(Column::name).toList();
      if (!expected.equals(found)) {
        throw new TableException(name, "has not the columns of a manifest, but " + found);
      }
      for (List<@Nullable Object> cells = typed.next(); cells != null; cells = typed.next()) {
        rows.accept(table.row(name, cells.iterator()));
      }
    }
  }

  private static List<String> names(
      Collection<ManifestRow> rows, Function<ManifestRow, Map<String, ?>> map) {
    SortedSet<String> names = new TreeSet<>();
    rows.forEach(row -> names.addAll(map.apply(row).keySet()));
    return List.copyOf(names);
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>(FIXED);
    keys.forEach(key -> columns.add(Column.string(key)));
    measures.forEach(measure -> columns.add(Column.float64(measure)));
    steps.forEach(step -> columns.add(Column.float64(step + MILLIS_SUFFIX)));
    return columns;
  }

  private Map<String, String> properties() {
    return Map.of(
        VERSION_PROPERTY, VERSION,
        KEYS_PROPERTY, String.join(",", keys),
        MEASURES_PROPERTY, String.join(",", measures),
        STEPS_PROPERTY, String.join(",", steps));
  }

  private static List<String> split(@Nullable String names) {
    return names == null || names.isEmpty() ? List.of() : List.of(names.split(","));
  }

  private List<@Nullable Object> cells(ManifestRow row) {
    List<@Nullable Object> cells = new ArrayList<>();
    Facts facts = row.getFacts();
    Failure failure = row.getFailure();
    StoredFile file =
        facts.getFiles().isEmpty() || failure != null ? null : facts.getFiles().get(0);
    cells.add(row.getItem().getId());
    cells.add(row.done() ? "done" : "failed");
    cells.add(failure == null ? null : failure.getFailureClass().label());
    cells.add(failure == null ? null : failure.getStep());
    cells.add(failure == null ? null : failure.getMessage());
    cells.add(row.getItem().getUri());
    cells.add(row.getItem().getInput());
    cells.add(file == null ? null : file.getBytes());
    cells.add(file == null ? null : file.getSha256());
    cells.add(facts.getPixelsSha256());
    cells.add(
        json(
            file == null
                ? facts.getFiles()
                : facts.getFiles().subList(1, facts.getFiles().size())));
    cells.add(facts.getEtag());
    cells.add(facts.getIntegrity());
    cells.add(facts.getSourceBytes());
    cells.add((long) (failure == null ? facts.getAttempts() : failure.getAttempts()));
    cells.add(row.getOptionsHash());
    cells.add(row.getRun());
    cells.add(Instant.ofEpochMilli(row.getAt()).toString());
    keys.forEach(key -> cells.add(row.getItem().getKeys().get(key)));
    measures.forEach(measure -> cells.add(facts.getMeasures().get(measure)));
    steps.forEach(step -> cells.add(facts.getMillis().get(step)));
    return cells;
  }

  private ManifestRow row(String name, Iterator<@Nullable Object> cells) throws TableException {
    try {
      String id = text(cells);
      boolean done = text(cells).equals("done");
      String failureClass = textOrNull(cells);
      String step = textOrNull(cells);
      String message = textOrNull(cells);
      String uri = text(cells);
      String input = text(cells);
      Long bytes = (Long) cells.next();
      String sha256 = textOrNull(cells);
      Facts.Builder facts = Facts.none().toBuilder().setPixelsSha256(textOrNull(cells));
      List<StoredFile> files = files(textOrNull(cells));
      if (done && bytes != null && sha256 != null) {
        files.add(0, StoredFile.of(id, bytes, sha256));
      }
      facts.setFiles(files).setEtag(textOrNull(cells)).setIntegrity(textOrNull(cells));
      facts.setSourceBytes(number(cells));
      int attempts = (int) number(cells);
      facts.setAttempts(attempts);
      String options = text(cells);
      String run = text(cells);
      long at = Instant.parse(text(cells)).toEpochMilli();
      Map<String, String> keysOfRow = map(keys, cells, String.class);
      facts.setMeasures(map(measures, cells, Double.class));
      facts.setMillis(map(steps, cells, Double.class));
      Failure failure =
          done
              ? null
              : Failure.of(
                  known(step), FailureClass.ofLabel(known(failureClass)), known(message), attempts);
      return ManifestRow.of(
          Item.of(id, uri, input, keysOfRow), facts.build(), failure, options, run, at);
    } catch (RuntimeException | JsonProcessingException e) {
      throw new TableException(
          name, "has a row that is none of a manifest's: " + e.getMessage(), e);
    }
  }

  private static @Nullable String textOrNull(Iterator<@Nullable Object> cells) {
    return (String) cells.next();
  }

  private static String text(Iterator<@Nullable Object> cells) {
    return known(textOrNull(cells));
  }

  private static String known(@Nullable String text) {
    if (text == null) {
      throw new IllegalArgumentException("a text is missing");
    }
    return text;
  }

  private static long number(Iterator<@Nullable Object> cells) {
    Long value = (Long) cells.next();
    return value == null ? 0 : value;
  }

  private static <T> Map<String, T> map(
      List<String> names, Iterator<@Nullable Object> cells, Class<T> type) {
    Map<String, T> map = new HashMap<>();
    for (String name : names) {
      Object value = cells.next();
      if (value != null) {
        map.put(name, type.cast(value));
      }
    }
    return map;
  }

  private static @Nullable String json(List<StoredFile> files) {
    if (files.isEmpty()) {
      return null;
    }
    ArrayNode json = MAPPER.createArrayNode();
    for (StoredFile file : files) {
      json.addObject()
          .put("path", file.getPath())
          .put("bytes", file.getBytes())
          .put("sha256", file.getSha256());
    }
    return json.toString();
  }

  private static List<StoredFile> files(@Nullable String json) throws JsonProcessingException {
    List<StoredFile> files = new ArrayList<>();
    if (json != null) {
      for (JsonNode file : MAPPER.readTree(json)) {
        files.add(
            StoredFile.of(
                file.path("path").asText(),
                file.path("bytes").asLong(),
                file.path("sha256").asText()));
      }
    }
    return files;
  }
}
