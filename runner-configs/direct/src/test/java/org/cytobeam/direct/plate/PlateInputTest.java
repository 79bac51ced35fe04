package org.cytobeam.direct.plate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.cytobeam.io.table.Column;
import org.cytobeam.io.table.ParquetTable;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.Tree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables in all the forms that people have them in, and in those that can't be read. */
final class PlateInputTest {

  private static final String DNA_1 = "source_0/Batch1/P1/source_0__P1__A01__1__DNA.png";
  private static final String DNA_2 = "source_0/Batch1/P1/source_0__P1__A01__2__DNA.png";
  private static final String FINAL = "load_data/final/source_0__Batch1__P1.parquet";

  @TempDir private Path folder;
  private Path out;

  @BeforeEach
  void makeImages() throws IOException {
    TinyImages.write(folder, 4);
    out = folder.resolve("out");
  }

  private static LoadData twoSites() {
    return LoadData.ofChannels("DNA").site("A01", "1", "0.tif").site("A01", "2", "1.tif");
  }

  private CommandRun plate(Path table) {
    return CommandRun.plate(table, out, "--channels=DNA");
  }

  private void assertDone(CommandRun run, String... files) throws IOException {
    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(List.copyOf(Tree.of(out).keySet()), is(Arrays.stream(files).sorted().toList()));
  }

  private void assertRefused(CommandRun run, String... told) throws IOException {
    assertThat(run.out() + run.err(), run.code(), is(ExitCode.USAGE));
    for (String part : told) {
      assertThat(run.err(), containsString(part));
    }
    assertThat(run.err(), not(containsString("\tat ")));
    assertThat(run.err(), not(containsString("Exception")));
    assertThat("nothing was started", Files.exists(out), is(false));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] parquet(LoadData table) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ParquetTable.write(
        bytes,
        table.columns().stream().map(Column::string).toList(),
        Map.of(),
        table.rows().iterator());
    return bytes.toByteArray();
  }

  @Test
  void gzipOfTwoMembersIsReadToItsEnd() throws Exception {
    String[] lines = twoSites().csv().split("(?<=\n)", 3);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.writeBytes(gzip((lines[0] + lines[1]).getBytes(UTF_8)));
    members.writeBytes(gzip(lines[2].getBytes(UTF_8)));
    Path table = Files.write(folder.resolve("load_data.csv.gz"), members.toByteArray());

    assertDone(plate(table), DNA_1, DNA_2, FINAL);
  }

  @Test
  void parquetIsReadWhateverItsName() throws Exception {
    Path table = Files.write(folder.resolve("load_data.csv"), parquet(twoSites()));

    assertDone(plate(table), DNA_1, DNA_2, FINAL);
  }

  @Test
  void aFolderMeansAllTablesInItAndNothingElse() throws Exception {
    Path tables = Files.createDirectory(folder.resolve("tables [of 1 plate]"));
    LoadData.ofChannels("DNA").site("A01", "1", "../0.tif").write(tables.resolve("1.csv"));
    LoadData second = LoadData.ofChannels("DNA").site("A01", "2", "../1.tif");
    Files.write(tables.resolve("2.parquet"), parquet(second));
    Files.writeString(tables.resolve("README.md"), "not a table");

    assertDone(plate(tables), DNA_1, DNA_2, FINAL);
  }

  @Test
  void aGlobMeansAllThatItMatches() throws Exception {
    for (int i = 1; i <= 2; i++) {
      LoadData.ofChannels("DNA")
          .site("A01", "" + i, "../" + i + ".tif")
          .write(folder.resolve("plate" + i + "/load_data.csv"));
    }
    twoSites().write(folder.resolve("other/load_data.csv"));

    assertDone(plate(folder.resolve("plate*/load_data.csv")), DNA_1, DNA_2, FINAL);
  }

  /** Two tables of one name: what is wrong in each must not count as one and the same. */
  @Test
  void badRowsOfTablesWithTheSameNameStayApart() throws Exception {
    for (int i = 1; i <= 2; i++) {
      Path table =
          LoadData.ofChannels("DNA")
              .site("A01", "" + i, "../" + i + ".tif")
              .write(folder.resolve("plate" + i + "/load_data.csv"));
      Files.writeString(table, Files.readString(table) + "source_0,Batch1\n");
    }

    CommandRun run = plate(folder.resolve("plate*/load_data.csv"));

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(run.out(), containsString("4 items: 2 done, 0 already done, 2 failed"));
    assertThat(Records.failures(out), hasSize(2));
  }

  @Test
  void bothColumnLayoutsMayStandInOneTable() throws Exception {
    Path table =
        LoadData.ofColumns("URL_OrigDNA", "FileName_OrigRNA", "PathName_OrigRNA", "Metadata_Row")
            .site("A01", "1", "0.tif", "1.tif", folder.toUri().toString(), "A")
            .site("A01", "2", folder.resolve("2.tif").toUri().toString(), "3.tif", ".", "A")
            .write(folder.resolve("load_data.csv"));

    CommandRun run = CommandRun.plate(table, out, "--channels=DNA,RNA");

    assertDone(run, DNA_1, DNA_2, DNA_1.replace("DNA", "RNA"), DNA_2.replace("DNA", "RNA"), FINAL);
    assertThat(
        Records.manifestRow(out, DNA_2.replace("DNA", "RNA")).path("uri").asText(),
        endsWith("/3.tif"));
  }

  @Test
  void byteOrderMarkLineEndsQuotesAndBreaksInCellsAreRead() throws Exception {
    String csv =
        "\ufeff"
            + "\"Metadata_Source\",Metadata_Batch,Metadata_Plate,Metadata_Well,Metadata_Site,"
            + "URL_OrigDNA,\"Metadata \"\"note\"\"\"\r\n"
            + "source_0,Batch1,P1,A01,1,\"0.tif\",\"two\r\nlines, and \"\"quotes\"\"\"\r\n"
            + "\r\n"
            + "source_0,Batch1,P1,A01,2,1.tif,\r\n";
    Path table = Files.write(folder.resolve("load_data.csv"), csv.getBytes(UTF_8));

    assertDone(plate(table), DNA_1, DNA_2, FINAL);
    assertThat(Records.manifestRow(out, DNA_2).path("input").asText(), endsWith(" line 5"));
  }

  /** Metadata is text: leading zeros and all-digit plates survive to the final table. */
  @Test
  void metadataStaysText() throws Exception {
    Path table =
        LoadData.ofChannels("DNA")
            .row(Map.of("Metadata_Plate", "0001053597806", "Metadata_Site", "01"), "0.tif")
            .write(folder.resolve("load_data.csv"));

    CommandRun run = plate(table);

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    Path tableOut = out.resolve("load_data/final/source_0__Batch1__0001053597806.parquet");
    Map<String, String> row = Records.table(tableOut).get(0);
    assertThat(row.get("Metadata_Plate"), is("0001053597806"));
    assertThat(row.get("Metadata_Site"), is("01"));
  }

  /** Each bad row is a failure with its line, and the good rows are done. */
  @Test
  void rowsThatCannotBeReadFailByThemselves() throws Exception {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    csv.writeBytes("Metadata_Source,Metadata_Batch,Metadata_Plate,".getBytes(UTF_8));
    csv.writeBytes("Metadata_Well,Metadata_Site,URL_OrigDNA,note\n".getBytes(UTF_8));
    csv.writeBytes("source_0,Batch1,P1,A01,1,0.tif,ok\n".getBytes(UTF_8));
    csv.writeBytes("source_0,Batch1,P1,A01\n".getBytes(UTF_8));
    csv.writeBytes("source_0,Batch1,P1,A01,3,1.tif,ok,more\n".getBytes(UTF_8));
    csv.writeBytes("source_0,Batch1,P1,Zürich,4,1.tif,x\n".getBytes(ISO_8859_1));
    csv.writeBytes("source_0,Batch1,P1,\"A\"01,5,1.tif,x\n".getBytes(UTF_8));
    csv.writeBytes("source_0,,P1,A01,6,1.tif,x\n".getBytes(UTF_8));
    csv.writeBytes("source_0,Batch1,P1,A01,7,,x\n".getBytes(UTF_8));
    csv.writeBytes("source_0,Batch1,P1,A01,8,gopher://x/1.tif,x\n".getBytes(UTF_8));
    csv.writeBytes("source_0,Batch1,P1,A\0001,9,1.tif,x\n".getBytes(UTF_8));
    csv.writeBytes("source_0,Batch1,P1,A01,2,1.tif,ok\n".getBytes(UTF_8));
    Path table = Files.write(folder.resolve("load_data.csv"), csv.toByteArray());

    CommandRun run = plate(table);

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(run.out(), containsString("10 items: 2 done, 0 already done, 8 failed"));
    List<Map<String, String>> failures = Records.failures(out);
    assertThat(
        failures.stream()
            .map(f -> f.getOrDefault("input", "").replaceAll(".* line ", ""))
            .sorted()
            .toList(),
        is(List.of("10", "3", "4", "5", "6", "7", "8", "9")));
    for (Map<String, String> failure : failures) {
      assertThat(failure.toString(), failure.get("class"), is("bad_row"));
      assertThat(failure.get("message"), not(containsString("Exception")));
    }
    assertThat(Files.exists(out.resolve(DNA_2)), is(true));
  }

  @Test
  void aCellOfTenMegabytesSpoilsItsRowAndNoOther() throws Exception {
    Path table =
        LoadData.ofColumns("URL_OrigDNA", "note")
            .site("A01", "1", "0.tif", "x".repeat(10 << 20))
            .site("A01", "2", "1.tif", "x".repeat(60_000))
            .write(folder.resolve("load_data.csv"));

    CommandRun run = plate(table);

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(Files.exists(out.resolve(DNA_2)), is(true));
    List<Map<String, String>> failures = Records.failures(out);
    assertThat(failures, hasSize(1));
    assertThat(failures.get(0).get("input"), endsWith("load_data.csv line 2"));
    assertThat(failures.get(0).get("class"), is("bad_row"));
  }

  @Test
  void cellsThatASpreadsheetWouldRunAreDisarmedInFailures() throws Exception {
    Path table =
        LoadData.ofChannels("DNA")
            .row(Map.of("Metadata_Well", "=cmd|' /C calc'!A0"), "absent.tif")
            .row(Map.of("Metadata_Well", "@SUM(1)"), "absent.tif")
            .write(folder.resolve("load_data.csv"));

    CommandRun run = plate(table);

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(
        Records.failures(out).stream().map(row -> row.get("well")).sorted().toList(),
        is(List.of("'=cmd|' /C calc'!A0", "'@SUM(1)")));
  }

  @Test
  void aHeaderWithOneNameTwiceIsRefused() throws Exception {
    Path table = folder.resolve("load_data.csv");
    Files.writeString(
        table, "Metadata_Source,Metadata_Well,Metadata_Well,URL_OrigDNA\nsource_0,A01,A02,0.tif\n");

    assertRefused(
        plate(table),
        "one mistake, and nothing was started",
        table + ": line 1 (the header): columns 2 and 3 are both named Metadata_Well; ");
  }

  @Test
  void allMissingColumnsAreNamedAndSoAreTheChannelsThereAre() throws Exception {
    Path table = folder.resolve("load_data.csv");
    Files.writeString(
        table, "Metadata_Source,Metadata_Plate,Metadata_Site,URL_OrigRNA,FileName_OrigER\nx,y,z\n");

    assertRefused(
        plate(table),
        "there is no column Metadata_Batch, Metadata_Well; ",
        "for channel DNA; the table has the channels RNA");
  }

  @Test
  void gzipCutShortIsRefused() throws Exception {
    byte[] whole = gzip(twoSites().csv().getBytes(UTF_8));
    Path table = folder.resolve("load_data.csv.gz");
    Files.write(table, Arrays.copyOf(whole, whole.length - 10));

    assertRefused(plate(table), table.toString(), "; mend the table");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.5, 0.99})
  void parquetCutShortIsRefused(double share) throws Exception {
    byte[] whole = parquet(twoSites());
    Path table = folder.resolve("load_data.parquet");
    Files.write(table, Arrays.copyOf(whole, (int) (share * whole.length)));

    assertRefused(plate(table), table.toString());
  }

  @Test
  void whatIsNoTableAtAllIsRefused() throws Exception {
    Path image = folder.resolve("0.tif");
    assertRefused(plate(image), image + ": ");
    Path empty = Files.createFile(folder.resolve("empty.csv"));
    assertRefused(plate(empty), empty + ": the file is empty; ");
    Path absent = folder.resolve("absent.csv");
    assertRefused(plate(absent), "--job_csv_path: " + absent + ": there is no such file; ");
    Path none = Files.createDirectory(folder.resolve("none"));
    assertRefused(plate(none), "there is no .csv, .csv.gz or .parquet file in this folder");
  }

  @Test
  void aTableWithoutRowsIsRefused() throws Exception {
    Path table = LoadData.ofChannels("DNA").write(folder.resolve("load_data.csv"));

    assertRefused(plate(table), table + ": has no rows; check that the table is whole");
    Files.write(table, parquet(LoadData.ofChannels("DNA")));
    assertRefused(plate(table), table + ": has no rows; check that the table is whole");
  }

  @Test
  void oneRowIsAPlate() throws Exception {
    Path table = LoadData.ofChannels("DNA").site("A01", "1", "0.tif").write(folder.resolve("t"));

    CommandRun run = plate(table);

    assertDone(run, DNA_1, FINAL);
    assertThat(
        run.out(),
        allOf(
            containsString("1 item: 1 done, 0 already done, 0 failed"),
            not(startsWith("Failures"))));
  }

  /** The text that some writers put for nothing. */
  @Test
  void nanMeansNothing() throws Exception {
    Path table =
        LoadData.ofColumns("URL_OrigDNA", "job_id", "filter")
            .site("A01", "1", "0.tif", "nan", "nan")
            .site("A01", "2", "nan", "", "True")
            .write(folder.resolve("load_data.csv"));

    CommandRun run = plate(table);

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(Records.failureClasses(out), is(Map.of(DNA_2, "bad_row")));
    List<Map<String, String>> rows = Records.table(out.resolve(FINAL));
    assertThat(rows, hasSize(2));
    assertThat(rows.get(1).containsKey("FileName_OrigDNA"), is(false));
  }
}
