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
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
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

  private static final String DONE = "done";
  private static final String FAILED = "failed";

  /** Cells as long as a line of the journal: longer than those of any table that is read. */
  private static final TableLimits LIMITS = limits(TableLimits.standard());

  private static final String MILLIS_SUFFIX = "_ms";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A column that all jobs have, and what a row has in it. */
  private record Field(Column column, Function<ManifestRow, @Nullable Object> value) {

    static Field text(String name, Function<ManifestRow, @Nullable Object> value) {
      return new Field(Column.string(name), value);
    }

    static Field number(String name, Function<ManifestRow, @Nullable Object> value) {
      return new Field(Column.int64(name), value);
    }

    /** A column that is empty in the rows of done items. */
    static Field ofFailure(String name, Function<Failure, Object> value) {
      return text(
          name,
          row -> {
            Failure failure = row.getFailure();
            return failure == null ? null : value.apply(failure);
          });
    }

    /** A column that is empty where there is no file named by the id. */
    static Field ofFile(Column column, Function<StoredFile, Object> value) {
      return new Field(
          column,
          row -> {
            StoredFile file = named(row);
            return file == null ? null : value.apply(file);
          });
    }
  }

  private static final List<Field> FIELDS =
      List.of(
          Field.text("id", row -> row.getItem().getId()),
          Field.text("status", row -> row.done() ? DONE : FAILED),
          Field.ofFailure("class", failure -> failure.getFailureClass().label()),
          Field.ofFailure("step", Failure::getStep),
          Field.ofFailure("message", Failure::getMessage),
          Field.text("uri", row -> row.getItem().getUri()),
          Field.text("input", row -> row.getItem().getInput()),
          Field.ofFile(Column.int64("bytes"), StoredFile::getBytes),
          Field.ofFile(Column.string("sha256"), StoredFile::getSha256),
          Field.text("pixels_sha256", row -> row.getFacts().getPixelsSha256()),
          Field.text("files_beside", ManifestTable::filesBeside),
          Field.text("etag", row -> row.getFacts().getEtag()),
          Field.text("integrity", row -> row.getFacts().getIntegrity()),
          Field.number("source_bytes", row -> row.getFacts().getSourceBytes()),
          Field.number("attempts", ManifestTable::attempts),
          Field.text("options", ManifestRow::getOptionsHash),
          Field.text("run", ManifestRow::getRun),
          Field.text("at", row -> Instant.ofEpochMilli(row.getAt()).toString()));

  private static final List<Column> FIXED = FIELDS.stream().map(Field::column).toList();

  /** The names of keys, measures and steps, in order, each with that of its column. */
  private final SortedMap<String, String> keys;

  private final SortedMap<String, String> measures;
  private final SortedMap<String, String> steps;

  private ManifestTable(List<String> keys, List<String> measures, List<String> steps) {
    ColumnNames names = new ColumnNames(FIXED);
    this.keys = columns(keys, names, "");
    this.measures = columns(measures, names, "");
    this.steps = columns(steps, names, MILLIS_SUFFIX);
  }

  private static SortedMap<String, String> columns(
      List<String> names, ColumnNames columns, String suffix) {
    SortedMap<String, String> byName = new TreeMap<>();
    names.forEach(name -> byName.put(name, columns.take(name + suffix)));
    return byName;
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
      Map<String, Integer> places = new HashMap<>();
      columns.forEach(column -> places.put(column, places.size()));
      long found = 0;
      for (List<@Nullable Object> cells = typed.next(); cells != null; cells = typed.next()) {
        rows.accept(table.row(name, new ManifestCells(places, cells)));
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
    keys.values().forEach(name -> columns.add(Column.string(name)));
    measures.values().forEach(name -> columns.add(Column.float64(name)));
    steps.values().forEach(name -> columns.add(Column.float64(name)));
    return columns;
  }

  private Map<String, String> properties(int rows) {
    return Map.of(
        VERSION_PROPERTY, VERSION,
        ROWS_PROPERTY, Integer.toString(rows),
        KEYS_PROPERTY, json(keys.keySet()),
        MEASURES_PROPERTY, json(measures.keySet()),
        STEPS_PROPERTY, json(steps.keySet()));
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
    FIELDS.forEach(field -> cells.add(field.value().apply(row)));
    keys.keySet().forEach(key -> cells.add(row.getItem().getKeys().get(key)));
    measures.keySet().forEach(name -> cells.add(row.getFacts().getMeasures().get(name)));
    steps.keySet().forEach(step -> cells.add(row.getFacts().getMillis().get(step)));
    return cells;
  }

  private ManifestRow row(String name, ManifestCells cells) throws TableException {
    try {
      return ManifestRow.of(
          Item.of(
              cells.text("id"),
              cells.text("uri"),
              cells.text("input"),
              cells.map(keys, String.class)),
          facts(cells),
          failure(cells),
          cells.text("options"),
          cells.text("run"),
          Instant.parse(cells.text("at")).toEpochMilli());
    } catch (RuntimeException | JsonProcessingException e) {
      throw new TableException(
          name, "has a row that is none of a manifest's: " + e.getMessage(), e);
    }
  }

  private Facts facts(ManifestCells cells) throws JsonProcessingException {
    return Facts.none().toBuilder()
        .setFiles(files(cells))
        .setPixelsSha256(cells.textOrNull("pixels_sha256"))
        .setEtag(cells.textOrNull("etag"))
        .setIntegrity(cells.textOrNull("integrity"))
        .setSourceBytes(cells.number("source_bytes"))
        .setAttempts((int) cells.number("attempts"))
        .setMeasures(cells.map(measures, Double.class))
        .setMillis(cells.map(steps, Double.class))
        .build();
  }

  private static @Nullable Failure failure(ManifestCells cells) {
    return isDone(cells)
        ? null
        : Failure.of(
            cells.text("step"),
            FailureClass.ofLabel(cells.text("class")),
            cells.text("message"),
            (int) cells.number("attempts"));
  }

  private static boolean isDone(ManifestCells cells) {
    return cells.text("status").equals(DONE);
  }

  private static long attempts(ManifestRow row) {
    Failure failure = row.getFailure();
    return failure == null ? row.getFacts().getAttempts() : failure.getAttempts();
  }

  /** Returns the first file of a done item if it is the one named by the id. */
  private static @Nullable StoredFile named(ManifestRow row) {
    List<StoredFile> files = row.getFacts().getFiles();
    boolean isNamed =
        row.done() && !files.isEmpty() && files.get(0).getPath().equals(row.getItem().getId());
    return isNamed ? files.get(0) : null;
  }

  private static @Nullable String filesBeside(ManifestRow row) {
    List<StoredFile> files = row.getFacts().getFiles();
    ArrayNode json = MAPPER.createArrayNode();
    for (StoredFile beside : named(row) == null ? files : files.subList(1, files.size())) {
      json.addObject()
          .put("path", beside.getPath())
          .put("bytes", beside.getBytes())
          .put("sha256", beside.getSha256());
    }
    return json.isEmpty() ? null : json.toString();
  }

  private static List<StoredFile> files(ManifestCells cells) throws JsonProcessingException {
    List<StoredFile> files = new ArrayList<>();
    String sha256 = cells.textOrNull("sha256");
    if (isDone(cells) && sha256 != null) {
      files.add(StoredFile.of(cells.text("id"), cells.number("bytes"), sha256));
    }
    String beside = cells.textOrNull("files_beside");
    if (beside != null) {
      for (JsonNode file : MAPPER.readTree(beside)) {
        files.add(
            StoredFile.of(
                file.path("path").asText(),
                file.path("bytes").asLong(),
                file.path("sha256").asText()));
      }
    }
    return files;
  }

  private static String json(Collection<?> values) {
    try {
      return MAPPER.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers that can't be written", e);
    }
  }
}
