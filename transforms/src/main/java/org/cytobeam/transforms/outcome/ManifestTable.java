package org.cytobeam.transforms.outcome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
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
import org.cytobeam.io.destination.LineLogs;
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
 * <p>A name that another column has already gets a {@code _} at its end. Files beside the one named
 * by the id stand as JSON in the column {@code files_beside}. The file's properties say as JSON
 * which names are keys, measures and times, and which version of this form it has, so that a later
 * run reads exactly what was written.
 */
final class ManifestTable {

  private static final String VERSION_PROPERTY = "cytobeam.manifest";
  private static final String KEYS_PROPERTY = "cytobeam.keys";
  private static final String MEASURES_PROPERTY = "cytobeam.measures";
  private static final String STEPS_PROPERTY = "cytobeam.steps";
  private static final String ROWS_PROPERTY = "cytobeam.rows";
  private static final String VERSION = "1";

  /** Cells as long as a line of the journal: longer than those of any table that is read. */
  private static final TableLimits LIMITS = limits(TableLimits.standard());

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
        out,
        table.columns(),
        table.properties(rows.size()),
        rows.stream().map(table::cells).iterator());
  }

  /**
   * Reads what {@link #write} made.
   *
   * @param name what messages call the file
   * @throws TableException if it is damaged, or no manifest of a version that is known here
   */
  static void read(String name, SeekableByteChannel channel, Consumer<ManifestRow> rows)
      throws IOException {
    try (TypedRows typed = ParquetTable.read(name, channel, LIMITS)) {
      Map<String, String> properties = typed.properties();
      if (!VERSION.equals(properties.get(VERSION_PROPERTY))) {
        throw new TableException(
            name, "is no manifest of version " + VERSION + ", which is the one known here");
      }
      ManifestTable table =
          new ManifestTable(
              names(name, properties.get(KEYS_PROPERTY)),
              names(name, properties.get(MEASURES_PROPERTY)),
              names(name, properties.get(STEPS_PROPERTY)));
      List<String> expected = table.columns().stream().map(Column::name).toList();
      List<String> columns = typed.columns().stream().map(Column::name).toList();
      if (!expected.equals(columns)) {
        throw new TableException(name, "has not the columns of a manifest, but " + columns);
      }
      long found = 0;
      for (List<@Nullable Object> cells = typed.next(); cells != null; cells = typed.next()) {
        rows.accept(table.row(name, cells.iterator()));
        found++;
      }
      refuseUnlessAllCame(name, found, properties.get(ROWS_PROPERTY));
    }
  }

  /** The pages of a Parquet file have checksums; its footer, which counts the rows, has none. */
  private static void refuseUnlessAllCame(String name, long found, @Nullable String written)
      throws TableException {
    if (written != null && !written.equals(Long.toString(found))) {
      throw new TableException(name, "has " + found + " rows and says it has " + written);
    }
  }

  private static List<String> names(
      Collection<ManifestRow> rows, Function<ManifestRow, Map<String, ?>> map) {
    SortedSet<String> names = new TreeSet<>();
    rows.forEach(row -> names.addAll(map.apply(row).keySet()));
    return List.copyOf(names);
  }

  private static TableLimits limits(TableLimits standard) {
    return new TableLimits(
        LineLogs.MAX_LINE_BYTES,
        standard.rowBytes(),
        standard.columns(),
        standard.rows(),
        standard.pageBytes(),
        standard.footerBytes());
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>(FIXED);
    ColumnNames names = new ColumnNames(FIXED);
    keys.forEach(key -> columns.add(Column.string(names.take(key))));
    measures.forEach(measure -> columns.add(Column.float64(names.take(measure))));
    steps.forEach(step -> columns.add(Column.float64(names.take(step + MILLIS_SUFFIX))));
    return columns;
  }

  private Map<String, String> properties(int rows) {
    return Map.of(
        VERSION_PROPERTY, VERSION,
        ROWS_PROPERTY, Integer.toString(rows),
        KEYS_PROPERTY, json(keys),
        MEASURES_PROPERTY, json(measures),
        STEPS_PROPERTY, json(steps));
  }

  private static List<String> names(String name, @Nullable String json) throws TableException {
    try {
      return MAPPER.readValue(json == null ? "" : json, new TypeReference<List<String>>() {});
    } catch (JsonProcessingException e) {
      throw new TableException(name, "does not say which columns it has: " + json, e);
    }
  }

  private List<@Nullable Object> cells(ManifestRow row) {
    List<@Nullable Object> cells = new ArrayList<>();
    Facts facts = row.getFacts();
    Failure failure = row.getFailure();
    StoredFile file = row.done() ? named(row.getItem().getId(), facts.getFiles()) : null;
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
    cells.add(filesBeside(file, facts.getFiles()));
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

  /** Returns the first file if it is the one named by the id. */
  private static @Nullable StoredFile named(String id, List<StoredFile> files) {
    return !files.isEmpty() && files.get(0).getPath().equals(id) ? files.get(0) : null;
  }

  private static @Nullable String filesBeside(@Nullable StoredFile file, List<StoredFile> files) {
    ArrayNode json = MAPPER.createArrayNode();
    for (StoredFile beside : file == null ? files : files.subList(1, files.size())) {
      json.addObject()
          .put("path", beside.getPath())
          .put("bytes", beside.getBytes())
          .put("sha256", beside.getSha256());
    }
    return json.isEmpty() ? null : json.toString();
  }

  private static String json(List<?> values) {
    try {
      return MAPPER.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers that can't be written", e);
    }
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
