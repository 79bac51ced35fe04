package org.cytobeam.direct.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.cytobeam.io.table.Column;
import org.cytobeam.io.table.ParquetTable;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults S4 and S5: what is wrong with a table is told with its line, before or after the run. */
@Timeout(180)
final class ImagesInputTest {

  @TempDir private Path folder;
  private ImagesBucket bucket;

  @BeforeEach
  void start() {
    bucket = new ImagesBucket(folder);
    bucket.with("a.jpg", "b, c.jpg", "d\n\"e\".jpg", "\u00e9.jpg");
  }

  @AfterEach
  void stop() {
    bucket.close();
  }

  private Path table(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private Path table(String name, String text) throws IOException {
    return table(name, text.getBytes(UTF_8));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }

  private static byte[] parquet(Column column, List<?> names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ParquetTable.write(bytes, List.of(column), Map.of(), names.stream().map(List::of).iterator());
    return bytes.toByteArray();
  }

  private static SortedMap<String, String> namedAsTheirObjects(Collection<String> files) {
    SortedMap<String, String> images = new TreeMap<>();
    files.forEach(file -> images.put(file, file));
    return images;
  }

  private void assertRefused(CommandRun run, String... told) throws IOException {
    assertThat(run.out() + run.err(), run.code(), is(ExitCode.USAGE));
    for (String part : told) {
      assertThat(run.err(), containsString(part));
    }
    assertThat(run.err(), not(containsString("\tat ")));
    assertThat(bucket.server.requests().size(), is(0));
    assertThat(Files.exists(bucket.out()), is(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "gzip"})
  void byteOrderMarksCarriageReturnsAndQuotesAreNoPartOfAName(String packing) throws Exception {
    String text = "\ufeffid,name\r\n1,a.jpg\r\n2,\"b, c.jpg\"\r\n3,\"d\n\"\"e\"\".jpg\"\r\n\r\n";
    Path table = packing.equals("gzip") ? table("t.csv.gz", gzip(text)) : table("t.csv", text);

    CommandRun run = bucket.run(table, "--column=name", "--match=key");

    assertThat(run.out() + run.err(), run.code(), is(ExitCode.DONE));
    assertThat(
        bucket.images(),
        is(Map.of("a.jpg", "a.jpg", "b, c.jpg", "b, c.jpg", "d%0A%22e%22.jpg", "d\n\"e\".jpg")));
  }

  @Test
  void rowsThatCannotBeReadFailWithTheirLines() throws Exception {
    String huge = "x".repeat(10 << 20);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("id,name,more\n1,a.jpg,x\n2\n3,\"b, c.jpg\",x,y\n4,,x\n".getBytes(UTF_8));
    bytes.writeBytes("5,\u00e9.jpg,x\n".getBytes(ISO_8859_1));
    bytes.writeBytes(("6," + huge + ",x\n7,\u00e9.jpg,x\n").getBytes(UTF_8));

    CommandRun run = bucket.run(table("t.csv", bytes.toByteArray()), "--column=name");

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(
        bucket.failures(),
        is(
            Map.of(
                "t.csv line 3", "bad_row",
                "t.csv line 4", "bad_row",
                "t.csv line 5", "bad_row",
                "t.csv line 6", "bad_row",
                "t.csv line 7", "bad_row")));
    assertThat(bucket.images(), is(namedAsTheirObjects(List.of("a.jpg", "\u00e9.jpg"))));
    assertThat(run.out(), containsString("Unusable rows:      5\n"));
  }

  @Test
  void linesOfAListThatCannotBeReadFailWithTheirLines() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("a.jpg\n".getBytes(UTF_8));
    bytes.writeBytes("\u00e9.jpg\n".getBytes(ISO_8859_1));
    bytes.writeBytes(("x".repeat(10 << 20) + "\nnul\0.jpg\n\u00e9.jpg").getBytes(UTF_8));

    CommandRun run = bucket.run(table("t.txt", bytes.toByteArray()));

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(
        bucket.failures(),
        is(
            Map.of(
                "t.txt line 2", "bad_row", "t.txt line 3", "bad_row", "t.txt line 4", "bad_row")));
    assertThat(bucket.images(), is(namedAsTheirObjects(List.of("a.jpg", "\u00e9.jpg"))));
  }

  /** A spreadsheet must not take a name for a formula. */
  @Test
  void cellsThatLookLikeFormulasAreQuotedInTheTableOfFailures() throws Exception {
    Path table = bucket.table("t.csv", "=cmd()", "+1+cmd|' /C calc'!A0", "@SUM(1)", "-2+3");

    CommandRun run = bucket.run(table);

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    String csv = bucket.files().text("_cytobeam/failures.csv");
    for (String start : List.of(",=", ",+", ",@", ",-", ",\"=", ",\"+", ",\"@", ",\"-", "\n=")) {
      assertThat(csv, not(containsString(start)));
    }
    assertThat(csv, containsString("'=cmd()"));
    assertThat(
        bucket.files().text("_cytobeam/failures.jsonl"), containsString("\"name\":\"=cmd()\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name,name | name       | name",
        "id,file   | name       | there is no column name; there are: id, file",
      })
  void headersThatDontTellAreRefused(String header, String column, String told) throws Exception {
    assertRefused(bucket.run(table("t.csv", header + "\na.jpg,b\n"), "--column=" + column), told);
  }

  @Test
  void whatIsNoWholeTableIsRefused() throws Exception {
    byte[] packed = gzip("a.jpg\n".repeat(1000) + "b, c.jpg\n");
    byte[] names = parquet(Column.string("name"), List.of("a.jpg", "b, c.jpg"));

    assertRefused(
        bucket.run(table("t.csv.gz", Arrays.copyOf(packed, packed.length - 12))), "t.csv.gz: ");
    assertRefused(bucket.run(table("cut.parquet", Arrays.copyOf(names, names.length / 2))), "cut.");
    assertRefused(bucket.run(table("tail.parquet", Arrays.copyOf(names, 12))), "tail.parquet: ");
    assertRefused(
        bucket.run(table("none.parquet", parquet(Column.string("name"), List.of()))),
        "none.parquet: has no names; check that the table is whole");
    assertRefused(bucket.run(table("e.csv", "")), "e.csv: the file is empty");
    assertRefused(bucket.run(table("blank.csv", "\r\n \n\n")), "blank.csv: has no names");
    assertRefused(bucket.run(table("head.csv", "name\n"), "--column=name"), "head.csv: has no ");
    assertRefused(bucket.run(table("p.csv", "<!DOCTYPE html><p>Sign in</p>")), "p.csv: ");
    assertRefused(bucket.run(folder.resolve("absent.csv")), "absent.csv: there is no such file");
    assertRefused(bucket.run(folder.resolve("absent.txt")), "absent.txt: there is no such file");
  }

  @Test
  void parquetIsATableOfNames() throws Exception {
    Path table =
        table("t.csv", parquet(Column.string("name"), List.of("a.jpg", "b, c.jpg", "no.jpg")));

    CommandRun run = bucket.run(table);

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(bucket.images(), is(namedAsTheirObjects(List.of("a.jpg", "b, c.jpg"))));
    assertThat(bucket.failures(), is(Map.of("t.csv row 3", "missing")));
  }

  /** Numbers are names too: as they are written. */
  @Test
  void numbersOfParquetAreNamesAsTheyAreWritten() throws Exception {
    bucket.with("17.png");
    Path table = table("t.parquet", parquet(Column.int64("name"), List.of(17L, 18L)));

    CommandRun run = bucket.run(table, "--save_as=key");

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(bucket.images(), is(Map.of("17.png", "17.png")));
    assertThat(bucket.failures(), is(Map.of("t.parquet row 2", "missing")));
  }
}
