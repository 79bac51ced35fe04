package org.cytobeam.transforms.plate;

import static org.cytobeam.transforms.plate.ImageRows.failed;
import static org.cytobeam.transforms.plate.ImageRows.image;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.util.SerializableUtils;
import org.cytobeam.io.table.Column;
import org.cytobeam.io.table.ParquetTable;
import org.cytobeam.io.table.TableLimits;
import org.cytobeam.io.table.TypedRows;
import org.cytobeam.transforms.Runs;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.outcome.MergedRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlateTablesTest {

  @TempDir Path out;
  @TempDir Path tables;

  private PlateTables plateTables(boolean relative) {
    return new PlateTables(Runs.folder(out, 1), Runs.folder(tables, 1), relative);
  }

  /** Returns rows that the run was all about. */
  private static MergedRows ofRun(ManifestRow... rows) {
    return merged(
        Arrays.stream(rows).map(row -> row.getItem().getId()).collect(Collectors.toSet()), rows);
  }

  private static MergedRows merged(Set<String> ofRun, ManifestRow... rows) {
    SortedMap<String, ManifestRow> byId = new TreeMap<>();
    for (ManifestRow row : rows) {
      byId.put(row.getItem().getId(), row);
    }
    return new MergedRows(byId, ofRun);
  }

  private List<List<Object>> read(String name) throws IOException {
    List<List<Object>> all = new ArrayList<>();
    try (TypedRows rows =
        ParquetTable.read(
            name, Files.newByteChannel(tables.resolve(name)), TableLimits.standard())) {
      all.add(new ArrayList<>(rows.columns().stream().map(Column::name).toList()));
      for (List<Object> row = rows.next(); row != null; row = rows.next()) {
        all.add(row);
      }
    }
    return all;
  }

  private List<String> files() throws IOException {
    try (var files = Files.walk(tables)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> tables.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void aSiteIsARowWithTheFileOfEachChannel() throws IOException {
    plateTables(false)
        .write(
            ofRun(
                image("p", "A01", "10", "ER"),
                image("p", "A01", "10", "DNA"),
                image("p", "A01", "2", "DNA"),
                failed("p", "A01", "2", "ER"),
                image("p", "A01", "x", "DNA"),
                image("p", "B01", "1", "ER")));

    String folder = out + "/s/b/p/s__p__";
    assertThat(
        read("final/job-p.parquet"),
        contains(
            List.of(
                "Metadata_Source",
                "Metadata_Batch",
                "Metadata_Plate",
                "Metadata_Well",
                "Metadata_Site",
                "FileName_OrigDNA",
                "FileName_OrigER"),
            Arrays.asList("s", "b", "p", "A01", "2", folder + "A01__2__DNA.png", null),
            Arrays.asList(
                "s",
                "b",
                "p",
                "A01",
                "10",
                folder + "A01__10__DNA.png",
                folder + "A01__10__ER.png"),
            Arrays.asList("s", "b", "p", "A01", "x", folder + "A01__x__DNA.png", null),
            Arrays.asList("s", "b", "p", "B01", "1", null, folder + "B01__1__ER.png")));
  }

  @Test
  void filesMayBeNamedRelativeToTheOutputFolder() throws IOException {
    plateTables(true).write(ofRun(image("p", "A01", "1", "DNA")));

    assertThat(
        read("final/job-p.parquet").get(1),
        contains("s", "b", "p", "A01", "1", "s/b/p/s__p__A01__1__DNA.png"));
  }

  @Test
  void eachJobHasItsTable() throws IOException {
    plateTables(true).write(ofRun(image("p", "A01", "1", "DNA"), image("q", "A01", "1", "ER")));

    assertThat(files(), contains("final/job-p.parquet", "final/job-q.parquet"));
    assertThat(read("final/job-q.parquet").get(0).get(5), is("FileName_OrigER"));
    assertThat(read("final/job-q.parquet").get(1).get(2), is("q"));
  }

  @Test
  void sitesOfEarlierRunsStayInTheirTable() throws IOException {
    ManifestRow now = image("p", "A01", "1", "DNA");
    ManifestRow before = image("p", "A02", "1", "DNA");

    plateTables(true).write(merged(Set.of(now.getItem().getId()), now, before));

    assertThat(read("final/job-p.parquet").size(), is(3));
  }

  @Test
  void tablesOfJobsThatTheRunWasNotAboutAreLeftAlone() throws IOException {
    ManifestRow now = image("p", "A01", "1", "DNA");
    ManifestRow before = image("q", "A01", "1", "DNA");

    plateTables(true).write(merged(Set.of(now.getItem().getId()), now, before));

    assertThat(files(), contains("final/job-p.parquet"));
  }

  @Test
  void aJobOfWhichEverythingFailedHasATableOfEmptyCells() throws IOException {
    plateTables(true).write(ofRun(failed("p", "A01", "1", "DNA")));

    assertThat(
        read("final/job-p.parquet").get(1), is(Arrays.asList("s", "b", "p", "A01", "1", null)));
  }

  @Test
  void rowsThatAreNoImagesAreInNoTable() throws IOException {
    ManifestRow sound = image("p", "A01", "1", "DNA");
    ManifestRow unusable = of(sound, Item.of("t.csv line 3", "", "t.csv line 3", Map.of()));
    ManifestRow ofOtherJob =
        of(sound, Item.of("x.db", "https://host/x", "list.csv line 2", Map.of("job_id", "job-p")));

    plateTables(true).write(ofRun(sound, unusable, ofOtherJob));

    assertThat(files(), contains("final/job-p.parquet"));
    assertThat(read("final/job-p.parquet").size(), is(2));
  }

  @Test
  void nothingAtAllGivesNoTable() throws IOException {
    plateTables(true).write(ofRun());

    assertThat(files(), is(empty()));
  }

  @Test
  void theSameRowsGiveTheSameBytes() throws IOException {
    MergedRows rows = ofRun(image("p", "A01", "1", "DNA"), failed("p", "A01", "1", "ER"));
    plateTables(true).write(rows);
    byte[] first = Files.readAllBytes(tables.resolve("final/job-p.parquet"));
    plateTables(true).write(rows);

    assertThat(Files.readAllBytes(tables.resolve("final/job-p.parquet")), is(first));
  }

  @Test
  void aJobsNameStaysInTheFolder() {
    assertThat(PlateTables.path("../x/y"), is("final/%2E.%2Fx%2Fy.parquet"));
    assertThat(PlateTables.path("CON"), is("final/%43ON.parquet"));
    assertThat(PlateTables.path("s__b__p"), is("final/s__b__p.parquet"));
  }

  @Test
  void tablesCanBeSentAway() {
    assertThat(SerializableUtils.clone(plateTables(true)), is(plateTables(true)));
  }

  private static ManifestRow of(ManifestRow row, Item item) {
    return ManifestRow.of(item, row.getFacts(), null, "hash", row.getRun(), row.getAt());
  }
}
