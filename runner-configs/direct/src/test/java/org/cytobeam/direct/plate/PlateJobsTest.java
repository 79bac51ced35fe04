package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.destination.RunLock;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.Tree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows belong together, where they go, and which can't stand beside each other. */
final class PlateJobsTest {

  @TempDir private Path folder;
  private Path out;
  private Path csv;

  @BeforeEach
  void makeImages() throws IOException {
    TinyImages.write(folder, 4);
    out = folder.resolve("out");
    csv = folder.resolve("load_data.csv");
  }

  private CommandRun plate(Path table, String... more) {
    String[] all = new String[more.length + 1];
    all[0] = "--channels=DNA";
    System.arraycopy(more, 0, all, 1, more.length);
    return CommandRun.plate(table, out, all);
  }

  private CommandRun withoutOutputDir(Path table) {
    return CommandRun.of("plate", "--job_csv_path", table.toString(), "--channels", "DNA");
  }

  private void assertRefused(CommandRun run, String... told) throws IOException {
    assertThat(run.out() + run.err(), run.code(), is(ExitCode.USAGE));
    for (String part : told) {
      assertThat(run.err(), containsString(part));
    }
    assertThat(run.err(), not(containsString("Exception")));
    assertThat("nothing was started", Files.exists(out), is(false));
  }

  @Test
  void severalPlatesInOneTableHaveAFinalTableEach() throws Exception {
    LoadData.ofChannels("DNA")
        .row(Map.of("Metadata_Plate", "P2", "Metadata_Site", "10"), "0.tif")
        .row(Map.of("Metadata_Plate", "P1", "Metadata_Well", "B01"), "0.tif")
        .row(Map.of("Metadata_Plate", "P2", "Metadata_Site", "9"), "1.tif")
        .row(Map.of("Metadata_Plate", "P1", "Metadata_Well", "A02"), "2.tif")
        .write(csv);

    CommandRun run = plate(csv, "--relativePaths");

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    Path tables = out.resolve("load_data/final");
    List<Map<String, String>> first = Records.table(tables.resolve("source_0__Batch1__P1.parquet"));
    assertThat(
        first.stream().map(row -> row.get("Metadata_Well")).toList(), is(List.of("A02", "B01")));
    assertThat(
        first.get(0).get("FileName_OrigDNA"),
        is("source_0/Batch1/P1/source_0__P1__A02__1__DNA.png"));
    assertThat(
        Records.table(tables.resolve("source_0__Batch1__P2.parquet")).stream()
            .map(row -> row.get("Metadata_Site"))
            .toList(),
        is(List.of("9", "10")));
  }

  @Test
  void theJobIdColumnNamesTheFinalTableAndLoadDataOutDirItsFolder() throws Exception {
    LoadData.ofColumns("URL_OrigDNA", "job_id")
        .site("A01", "1", "0.tif", "my job")
        .site("A01", "2", "1.tif", "")
        .write(csv);
    Path tables = folder.resolve("tables");

    CommandRun run = plate(csv, "--load_data_out_dir", tables.toString());

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(
        Tree.paths(tables),
        is(List.of("final/my job.parquet", "final/source_0__Batch1__P1.parquet")));
    assertThat(Files.exists(out.resolve("load_data")), is(false));
  }

  /** The images are proven, but the table that was asked for is another. */
  @Test
  void anotherJobIdGivesAnotherFinalTableThoughAllImagesAreDone() throws Exception {
    plate(LoadData.ofChannels("DNA").site("A01", "1", "0.tif").write(csv));
    LoadData.ofColumns("URL_OrigDNA", "job_id").site("A01", "1", "0.tif", "later").write(csv);

    CommandRun run = plate(csv);

    assertThat(run.out(), containsString("1 item: 0 done, 1 already done, 0 failed"));
    assertThat(Records.table(out.resolve("load_data/final/later.parquet")), hasSize(1));
  }

  @Test
  void jobsWhoseTablesWouldHaveOneNameAreRefused() throws Exception {
    LoadData.ofColumns("URL_OrigDNA", "job_id")
        .site("A01", "1", "0.tif", "Job")
        .site("A01", "2", "1.tif", "job")
        .write(csv);

    assertRefused(plate(csv), csv + " line 3: ", csv + " line 2");
  }

  @Test
  void aJobIdTooLongForAFileNameFailsItsRowAndNoOther() throws Exception {
    LoadData.ofColumns("URL_OrigDNA", "job_id")
        .site("A01", "1", "0.tif", "j".repeat(250))
        .site("A01", "2", "1.tif", "../job")
        .write(csv);

    CommandRun run = plate(csv);

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(Records.failures(out), hasSize(1));
    assertThat(Records.failures(out).get(0).get("input"), is(csv + " line 2"));
    assertThat(Tree.paths(out.resolve("load_data")), is(List.of("final/%2E.%2Fjob.parquet")));
  }

  @Test
  void rowsWhoseFilterIsFalseAreCountedAndNotRun() throws Exception {
    LoadData.ofColumns("URL_OrigDNA", "filter")
        .site("A01", "1", "0.tif", "True")
        .site("A01", "2", "absent.tif", "False")
        .site("A01", "3", "absent.tif", "0")
        .site("A01", "4", "1.tif", "")
        .site("A01", "5", "1.tif", "perhaps")
        .write(csv);

    CommandRun run = plate(csv);

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(run.out(), containsString("3 items: 2 done, 0 already done, 1 failed"));
    assertThat(run.out(), containsString("5 rows: 2 with a false filter"));
    assertThat(Records.failures(out).get(0).get("message"), containsString("\"perhaps\""));
  }

  /** Nothing is wanted: that is no fault, but people should hear of it. */
  @Test
  void aTableWhoseRowsAreAllFilteredIsDoneWithNothing() throws Exception {
    LoadData.ofColumns("URL_OrigDNA", "filter", "output_dir")
        .site("A01", "1", "0.tif", "False", folder.resolve("own").toString())
        .write(csv);

    CommandRun run = plate(csv);

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(run.out(), containsString("0 items: 0 done, 0 already done, 0 failed"));
    assertThat(run.out(), containsString("1 rows: 1 with a false filter"));
    CommandRun without = withoutOutputDir(csv);
    assertThat(without.err(), without.code(), is(ExitCode.DONE));
    assertThat(without.out(), containsString("1 rows: 1 with a false filter"));
  }

  @Test
  void wellsAndSitesThatNoRowHasAreRefused() throws Exception {
    LoadData.ofChannels("DNA").site("A01", "1", "0.tif").write(csv);

    assertRefused(plate(csv, "--wells=H12"), "none of its 1 rows has a wanted well and site");
  }

  @Test
  void wellsAndSitesPickRows() throws Exception {
    LoadData table = LoadData.ofChannels("DNA");
    for (String well : List.of("A01", "A02", "B01")) {
      for (String site : List.of("1", "2", "3")) {
        table.site(well, site, "0.tif");
      }
    }
    table.write(csv);

    CommandRun run = plate(csv, "--wells", "a01,B01", "--sites", "1", "--sites=3");

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(run.out(), containsString("9 rows: 5 of other wells and sites"));
    assertThat(
        Records.manifest(out).keySet().stream()
            .map(id -> id.replaceAll(".*P1__|__DNA.*", ""))
            .toList(),
        is(List.of("A01__1", "A01__3", "B01__1", "B01__3")));
  }

  @Test
  void equalRowsAreOne() throws Exception {
    LoadData.ofChannels("DNA").site("A01", "1", "0.tif").site("A01", "1", "./0.tif").write(csv);

    CommandRun run = plate(csv);

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(run.out(), containsString("1 item: 1 done"));
    assertThat(run.out(), containsString("2 rows: 1 equal to another"));
  }

  @Test
  void oneSiteWithTwoSourcesIsRefusedNamingBothLines() throws Exception {
    LoadData.ofChannels("DNA")
        .site("A01", "1", "0.tif")
        .site("A01", "2", "1.tif")
        .site("A01", "1", "2.tif")
        .write(csv);

    assertRefused(
        plate(csv), csv + " line 4: is the same site as " + csv + " line 2, but with other images");
  }

  @Test
  void sitesThatDifferOnlyInCaseAreRefusedNamingBothLines() throws Exception {
    LoadData.ofChannels("DNA")
        .row(Map.of("Metadata_Plate", "plate"), "0.tif")
        .row(Map.of("Metadata_Plate", "PLATE"), "1.tif")
        .row(Map.of("Metadata_Plate", "\u00e9"), "0.tif")
        .row(Map.of("Metadata_Plate", "e\u0301"), "1.tif")
        .write(csv);

    assertRefused(
        plate(csv),
        csv + " line 3: its files would have the same names as those of " + csv + " line 2");
  }

  @Test
  void eachRowMayNameItsOutputFolder() throws Exception {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    LoadData.ofColumns("URL_OrigDNA", "output_dir")
        .site("A01", "1", "0.tif", one.toString())
        .site("A01", "2", "1.tif", two.toString())
        .site("A01", "3", "absent.tif", two.toString())
        .write(csv);

    CommandRun run = withoutOutputDir(csv);

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(Records.manifest(one).values(), hasSize(1));
    assertThat(Records.manifest(two).values(), hasSize(2));
    assertThat(
        Tree.of(one).keySet(),
        is(
            Set.of(
                "source_0/Batch1/P1/source_0__P1__A01__1__DNA.png",
                "load_data/final/source_0__Batch1__P1.parquet")));
    assertThat(Tree.of(two), hasKey("source_0/Batch1/P1/source_0__P1__A01__2__DNA.png"));
    assertThat(
        run.out(), allOf(containsString("Output:   " + one), containsString("Output:   " + two)));
  }

  /** Two spellings of one folder are one run into it. */
  @Test
  void aFolderIsOneHoweverItIsWritten() throws Exception {
    LoadData.ofColumns("URL_OrigDNA", "output_dir")
        .site("A01", "1", "0.tif", out.toString())
        .site("A01", "2", "1.tif", out + "/../out/")
        .site("A01", "3", "1.tif", out.toUri().toString())
        .write(csv);

    CommandRun run = withoutOutputDir(csv);

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(run.out(), containsString("3 items: 3 done"));
  }

  @Test
  void noFolderIsBegunWhileAnotherRunWritesIntoOneOfThem() throws Exception {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    LoadData.ofColumns("URL_OrigDNA", "output_dir")
        .site("A01", "1", "0.tif", one.toString())
        .site("A01", "2", "1.tif", two.toString())
        .write(csv);
    RunId other = new RunId("20260101T000000Z-0123abcd");
    var settings = new DestinationSettings(two.toString(), other, Durability.RUN);
    try (Destination destination = Destinations.open(settings);
        RunLock lock = destination.runLocks().acquire(other)) {

      assertRefused(
          withoutOutputDir(csv),
          "one mistake, and nothing was started",
          "run " + lock.run() + " is writing into " + two);
    }

    assertThat(Files.exists(one), is(false));
    CommandRun again = withoutOutputDir(csv);
    assertThat(again.err(), again.code(), is(ExitCode.DONE));
  }

  @Test
  void outputDirWinsOverTheColumn() throws Exception {
    LoadData.ofColumns("URL_OrigDNA", "output_dir")
        .site("A01", "1", "0.tif", folder.resolve("one").toString())
        .site("A01", "2", "1.tif", "gopher://nowhere")
        .write(csv);

    CommandRun run = plate(csv);

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(Files.exists(folder.resolve("one")), is(false));
    assertThat(Records.manifest(out).values(), hasSize(2));
  }

  @Test
  void noOutputFolderAtAllIsRefused() throws Exception {
    LoadData.ofChannels("DNA").site("A01", "1", "0.tif").write(csv);

    assertRefused(withoutOutputDir(csv), "--output_dir");
  }

  /** Rows that can't be used have no folder to be reported in. */
  @Test
  void noOutputFolderForFailuresEitherIsRefused() throws Exception {
    LoadData.ofColumns("URL_OrigDNA", "output_dir").site("", "1", "0.tif", "x").write(csv);

    assertRefused(withoutOutputDir(csv), csv + " line 2: ", "Metadata_Well is empty");
  }

  @Test
  void outputFoldersThatAreNoneAreRefused() throws Exception {
    LoadData.ofColumns("URL_OrigDNA", "output_dir")
        .site("A01", "1", "0.tif", "gopher://nowhere/out")
        .site("A01", "2", "0.tif", "s3://")
        .write(csv);

    assertRefused(
        withoutOutputDir(csv),
        "2 mistakes, and nothing was started",
        "output_dir: \"gopher://nowhere/out\" is neither a folder nor an S3 address",
        "output_dir: \"s3://\" is neither a folder nor an S3 address");
  }
}
