package org.cytobeam.transforms.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.cytobeam.io.table.Column;
import org.cytobeam.io.table.ParquetTable;
import org.cytobeam.io.table.TableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameTableTest {

  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(all)) {
      gzip.write(bytes);
    }
    return all.toByteArray();
  }

  /** Returns each row as its place and its name, or its place and what is wrong. */
  private static List<String> read(Path file, @Nullable String column) throws IOException {
    List<String> rows = new ArrayList<>();
    try (NameTable table = NameTable.open(file.toString(), column)) {
      for (ListedName row = table.next(); row != null; row = table.next()) {
        String where = row.getInput().substring(file.toString().length() + 1);
        rows.add(
            where + ": " + (row.getProblem() == null ? row.getName() : "! " + row.getProblem()));
      }
      assertThat(table.read(), is((long) rows.size()));
    }
    return rows;
  }

  private String fault(Path file, @Nullable String column) {
    TableException thrown = assertThrows(TableException.class, () -> read(file, column));
    String message = String.valueOf(thrown.getMessage());
    assertThat(message, startsWith(file + ": "));
    return message.substring(file.toString().length() + 2);
  }

  @Test
  void aPlainListHasANameALineWhateverItIs() throws Exception {
    Path list = write("l.csv", "\ufeffa,b \"c\".jpg\r\n\r\n \t name \u00a0\n#x\rfilename\n\n{y}");

    assertThat(
        read(list, null),
        is(
            List.of(
                "line 1: a,b \"c\".jpg",
                "line 3: name",
                "line 4: #x",
                "line 5: filename",
                "line 7: {y}")));
  }

  @Test
  void linesThatCantBeReadAreRowsWithAProblem() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("good\n".getBytes(UTF_8));
    bytes.writeBytes(new byte[] {'b', (byte) 0xe9, '\n', 'n', 0, '\n'});
    bytes.writeBytes("x".repeat(65_536).getBytes(UTF_8));
    bytes.writeBytes(("\n" + "y".repeat(65_537) + "\nlast").getBytes(UTF_8));
    Path list = Files.write(folder.resolve("l.txt.gz"), gzip(bytes.toByteArray()));

    assertThat(
        read(list, null),
        is(
            List.of(
                "line 1: good",
                "line 2: ! the line is not UTF-8; save the table as UTF-8",
                "line 3: ! the line has a NUL character",
                "line 4: " + "x".repeat(65_536),
                "line 5: ! the line is longer than 65536 bytes",
                "line 6: last")));
  }

  @Test
  void aColumnMakesItATable() throws Exception {
    Path csv = write("t.csv", "id,picture\n1,\" a,b.jpg \"\n2\n3,\n4,c.jpg\n");

    assertThat(
        read(csv, "picture"),
        is(
            List.of(
                "line 2: a,b.jpg",
                "line 3: ! the row has 1 cell, the header 2",
                "line 4: ! column picture is empty",
                "line 5: c.jpg")));
    assertThat(fault(csv, "nme"), is("there is no column nme; there are: id, picture"));
  }

  @Test
  void aTableWithOneColumnOrOneUsualHeadingNeedsNoChoice() throws Exception {
    assertThat(
        read(write("a.tsv", "id\tFileName\n1\tx.jpg\n"), null), is(List.of("line 2: x.jpg")));
    assertThat(read(write("b.tsv", "what\nx.jpg\n"), null), is(List.of("line 2: x.jpg")));
    assertThat(
        fault(write("c.tsv", "name\tpath\n1\tx.jpg\n"), null),
        is("several may be the column; choose with --column: name, path"));
    assertThat(
        fault(write("d.tsv", "id\tpicture\n1\tx.jpg\n"), null),
        is("no column is called as one of names is; choose with --column: id, picture"));
  }

  @Test
  void parquetIsToldByItsContent() throws Exception {
    Path parquet = folder.resolve("t.csv");
    try (var out = Files.newOutputStream(parquet)) {
      ParquetTable.write(
          out,
          List.of(Column.string("id"), Column.string("key")),
          Map.of(),
          List.of(Arrays.asList("1", "x.jpg"), Arrays.asList("2", null)).iterator());
    }

    assertThat(read(parquet, null), is(List.of("row 1: x.jpg", "row 2: ! column key is empty")));
    assertThat(read(parquet, "id"), is(List.of("row 1: 1", "row 2: 2")));
    assertThat(fault(parquet, "no"), is("there is no column no; there are: id, key"));
  }

  @Test
  void aNameMayBeginAsOtherFilesDo() throws Exception {
    assertThat(
        read(write("l.csv", "PAR1_x.jpg\nBZh.jpg\n<a>\n[1].jpg\n"), null),
        is(List.of("line 1: PAR1_x.jpg", "line 2: BZh.jpg", "line 3: <a>", "line 4: [1].jpg")));
    assertThat(read(write("p.csv", "PARENT.jpg"), null), is(List.of("line 1: PARENT.jpg")));
  }

  @Test
  void jsonLinesAreObjectsOrTexts() throws Exception {
    String lines =
        "\ufeff{\"id\":1,\"file\":\"x.jpg\"}\n{\"id\":2,\"file\":0.5}\n{\"id\":3}\n{\"file\":[1]}\n"
            + "\n7\n{\n{\"file\":\" \"}\n\"plain.jpg\"\n";
    List<String> expected =
        List.of(
            "line 1: x.jpg",
            "line 2: 0.5",
            "line 3: ! file is missing",
            "line 4: ! file is no text and no number",
            "line 6: ! the line is neither a text nor an object",
            "line 7: ! the line is no JSON, or too long",
            "line 8: ! the name is empty",
            "line 9: plain.jpg");

    assertThat(read(write("t.jsonl", lines), null), is(expected));
    assertThat(read(write("t.json", lines), "file"), is(expected));
    Path packed = Files.write(folder.resolve("t.ndjson.gz"), gzip(lines.getBytes(UTF_8)));
    assertThat(read(packed, null), is(expected));
    assertThat(fault(packed, "nope"), is("there is no column nope; there are: id, file"));
  }

  @ParameterizedTest
  @CsvSource({"l.csv,", "l.csv,name", "l.tsv,", "l.jsonl,", "l.parquet,"})
  void anEmptyFileIsNoTable(String name, @Nullable String column) throws Exception {
    assertThat(fault(write(name, ""), column), is("the file is empty"));
  }

  @Test
  void otherKindsOfFilesAreNamed() throws Exception {
    Path page = write("p.csv", "<!DOCTYPE html><html>");
    assertThat(fault(page, null), is("not a list of names: the file is a web page or XML"));
    Path sheet = Files.write(folder.resolve("s.csv"), new byte[] {'P', 'K', 3, 4, 0, 0});
    assertThat(fault(sheet, null), startsWith("not a list of names: the file is a zip archive"));
    Path wide = Files.write(folder.resolve("u.csv"), "\ufeffa".getBytes("UTF-16BE"));
    assertThat(
        fault(wide, null), is("not a list of names: the file is UTF-16 text; save it as UTF-8"));
  }

  @Test
  void aTableThatIsNotThereIsNamed() {
    Path gone = folder.resolve("gone.csv");

    IOException thrown = assertThrows(IOException.class, () -> read(gone, null));

    assertThat(thrown.getMessage(), is(gone + ": there is no such file"));
  }

  @Test
  void aCutIsAFaultBehindWhatIsSound() throws Exception {
    byte[] whole = gzip("a\nb\n".getBytes(UTF_8));
    Path cut = Files.write(folder.resolve("l.csv"), Arrays.copyOf(whole, whole.length - 3));

    assertThat(fault(cut, null), startsWith("the gzip data is cut short"));
  }
}
