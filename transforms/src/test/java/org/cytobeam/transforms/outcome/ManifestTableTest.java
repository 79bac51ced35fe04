package org.cytobeam.transforms.outcome;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cytobeam.io.table.Column;
import org.cytobeam.io.table.ParquetTable;
import org.cytobeam.io.table.TableException;
import org.cytobeam.io.table.TableLimits;
import org.cytobeam.io.table.TypedRows;
import org.junit.jupiter.api.Test;

final class ManifestTableTest {

  @Provide
  Arbitrary<List<ManifestRow>> tables() {
    return AnyRows.rows().list().ofMaxSize(4);
  }

  @Property(tries = 50)
  void everyTableIsReadAgain(@ForAll("tables") List<ManifestRow> rows) throws IOException {
    assertThat(read(write(rows)), is(rows));
  }

  @Test
  void theSameRowsGiveTheSameBytes() throws IOException {
    List<ManifestRow> rows = List.of(Rows.done("a.png", 1000), Rows.failed("b.png", 2000));

    assertThat(write(rows), is(write(rows)));
  }

  @Test
  void aTableOfNothingIsReadAgain() throws IOException {
    assertThat(read(write(List.of())), is(empty()));
  }

  @Test
  void theColumnsAreThoseOfAllJobsThenKeysMeasuresAndTimes() throws IOException {
    assertThat(
        columns(write(List.of(Rows.done("a.png", 1000)))),
        contains(
            "id",
            "status",
            "class",
            "step",
            "message",
            "uri",
            "input",
            "bytes",
            "sha256",
            "pixels_sha256",
            "files_beside",
            "etag",
            "integrity",
            "source_bytes",
            "attempts",
            "options",
            "run",
            "at",
            "channel",
            "plate",
            "crop_width",
            "window_low",
            "FetchS3Bytes_ms"));
  }

  @Test
  void aKeyNamedLikeAnotherColumnGetsAColumnOfItsOwn() throws IOException {
    ManifestRow row = withKeys(Map.of("uri", "of the key", "a,b", "with a comma", "x_ms", "t"));

    byte[] table = write(List.of(row));

    assertThat(read(table), contains(row));
    assertThat(columns(table).contains("uri_"), is(true));
  }

  @Test
  void aLongAddressDoesNotMakeTheTableUnreadable() throws IOException {
    ManifestRow row = Rows.done("a.png", 1000);
    ManifestRow longRow =
        ManifestRow.of(
            Item.of("a.png", "s3://bucket/" + "x".repeat(1_000_000), "table.csv line 2", Map.of()),
            row.getFacts(),
            null,
            "hash",
            row.getRun(),
            1000);

    assertThat(read(write(List.of(longRow))), contains(longRow));
  }

  @Test
  void otherTablesAreRefused() throws IOException {
    ByteArrayOutputStream other = new ByteArrayOutputStream();
    ParquetTable.write(
        other, List.of(Column.string("id")), Map.of(), List.of(List.of("a.png")).iterator());
    ByteArrayOutputStream later = new ByteArrayOutputStream();
    ParquetTable.write(
        later,
        List.of(Column.string("id")),
        Map.of("cytobeam.manifest", "2"),
        List.of(List.of("a.png")).iterator());
    ByteArrayOutputStream fewer = new ByteArrayOutputStream();
    ParquetTable.write(
        fewer,
        List.of(Column.string("id")),
        Map.of("cytobeam.manifest", "1"),
        List.of(List.of("a.png")).iterator());

    assertThat(refusal(other.toByteArray()), containsString("version 1"));
    assertThat(refusal(later.toByteArray()), containsString("version 1"));
    assertThat(refusal(fewer.toByteArray()), containsString("does not say which columns it has"));
  }

  @Test
  void aTableThatIsCutAnywhereIsRefused() throws IOException {
    byte[] whole = write(List.of(Rows.done("a.png", 1000), Rows.failed("b.png", 2000)));

    for (int length = 1; length < whole.length; length += 7) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThrows(IOException.class, () -> read(cut), "cut to " + length);
    }
  }

  private static ManifestRow withKeys(Map<String, String> keys) {
    ManifestRow row = Rows.done("a.png", 1000);
    return ManifestRow.of(
        Item.of("a.png", "s3://bucket/a.png", "table.csv line 2", keys),
        row.getFacts(),
        null,
        "hash",
        row.getRun(),
        1000);
  }

  private static String refusal(byte[] table) {
    return String.valueOf(assertThrows(TableException.class, () -> read(table)).getMessage());
  }

  private static byte[] write(List<ManifestRow> rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ManifestTable.write(out, rows);
    return out.toByteArray();
  }

  private static List<ManifestRow> read(byte[] table) throws IOException {
    Path file = Files.createTempFile("manifest", ".parquet");
    try {
      List<ManifestRow> rows = new ArrayList<>();
      ManifestTable.read("manifest.parquet", open(Files.write(file, table)), rows::add);
      return rows;
    } finally {
      Files.delete(file);
    }
  }

  private static List<String> columns(byte[] table) throws IOException {
    Path file = Files.createTempFile("manifest", ".parquet");
    try (TypedRows rows =
        ParquetTable.read(
            "manifest.parquet", open(Files.write(file, table)), TableLimits.standard())) {
      return rows.columns().stream().map(Column::name).toList();
    } finally {
      Files.delete(file);
    }
  }

  private static SeekableByteChannel open(Path file) throws IOException {
    return Files.newByteChannel(file);
  }
}
