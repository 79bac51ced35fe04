package org.cytobeam.transforms.plate;

import static org.cytobeam.transforms.plate.LoadDataFiles.HEADER;
import static org.cytobeam.transforms.plate.LoadDataFiles.site;
import static org.cytobeam.transforms.plate.LoadDataFiles.write;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.cytobeam.transforms.image.Thumbnails;
import org.cytobeam.transforms.plate.PlateSurvey.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlateSurveyTest {

  private static final PlateSelection ALL = PlateSelection.ofChannels(List.of("DNA", "ER"));
  private static final String WITH_FOLDER = HEADER + ",output_dir,job_id";

  @TempDir Path folder;

  private Path table(String... lines) throws IOException {
    return write(folder.resolve("t.csv"), lines);
  }

  private static PlateSurvey survey(
      PlateSelection selection, @Nullable String outputDir, Path... tables) throws IOException {
    List<String> addresses = new ArrayList<>();
    for (Path table : tables) {
      addresses.add(table.toString());
    }
    return PlateSurvey.of(addresses, selection, outputDir);
  }

  private static PlateSurvey survey(Path... tables) throws IOException {
    return survey(ALL, "/out", tables);
  }

  @Test
  void soundTablesAreCounted() throws IOException {
    Path one =
        table(
            HEADER + ",filter",
            site("p", "A01", "1") + ",true",
            site("p", "A01", "2") + ",false",
            site("q", "B01", "1") + ",true",
            "s1,b1,p,,1,,,,true");
    Path two = write(folder.resolve("u.csv"), HEADER, site("p", "A01", "3"));
    PlateSelection selection =
        new PlateSelection(List.of("DNA", "ER"), Set.of("A01"), Set.of(), null, null);

    PlateSurvey survey = survey(selection, "/out", one, two);

    assertThat(survey.faults(), is(empty()));
    assertThat(survey.moreFaults(), is(0L));
    assertThat(survey.outputDirs(), contains("/out"));
    assertThat(survey.sites("/out"), is(2L));
    assertThat(survey.sites("/elsewhere"), is(0L));
    assertThat(survey.jobs(), is(1L));
    assertThat(survey.read(), is(5L));
    assertThat(survey.filtered(), is(1L));
    assertThat(survey.unwanted(), is(1L));
    assertThat(survey.unusable(), is(1L));
    assertThat(survey.merged(), is(0L));
  }

  @Test
  void equalRowsAreMerged() throws IOException {
    Path table = table(HEADER, site("p", "A01", "1"), site("p", "A01", "1"));
    Path copy = write(folder.resolve("copy.csv"), HEADER, site("p", "A01", "1"));

    PlateSurvey survey = survey(table, copy);

    assertThat(survey.faults(), is(empty()));
    assertThat(survey.merged(), is(2L));
    assertThat(survey.sites("/out"), is(1L));
  }

  @Test
  void oneSiteWithOtherImagesIsRefusedByBothLines() throws IOException {
    Path table =
        table(
            HEADER,
            site("p", "A01", "1"),
            site("p", "A01", "2"),
            site("p", "A01", "1").replace("dna.tiff", "other.tiff"));

    assertThat(
        survey(table).faults(),
        contains(
            new Fault(
                table + " line 4",
                "is the same site as " + table + " line 2, but with other images or another job",
                "keep one of the two")));
  }

  @Test
  void oneSiteInTwoJobsIsRefused() throws IOException {
    Path table =
        table(
            WITH_FOLDER, site("p", "A01", "1") + ",/out,one", site("p", "A01", "1") + ",/out,two");

    assertThat(survey(table).faults().size(), is(1));
  }

  @Test
  void oneSiteMayGoToTwoFolders() throws IOException {
    Path table =
        table(
            WITH_FOLDER,
            site("p", "A01", "1") + ",/out2,one",
            site("p", "A01", "1") + ",/out1,one");

    PlateSurvey survey = survey(ALL, null, table);

    assertThat(survey.faults(), is(empty()));
    assertThat(survey.outputDirs(), contains("/out1", "/out2"));
    assertThat(survey.spreadJobs().size(), is(1));
    assertThat(survey.sites("/out1"), is(1L));
  }

  @Test
  void theFolderThatIsGivenGoesBeforeThoseOfTheRows() throws IOException {
    Path table = table(WITH_FOLDER, site("p", "A01", "1") + ",/of/the/row,one");

    assertThat(survey(table).outputDirs(), contains("/out"));
  }

  @Test
  void namesThatDifferOnlyInCaseOrFormAreRefused() throws IOException {
    Path table =
        table(
            HEADER,
            site("plate", "A01", "1"),
            site("PLATE", "a01", "1"),
            site("caf\u00e9", "A01", "1"),
            site("cafe\u0301", "A01", "1"));

    assertThat(
        survey(table).faults(),
        contains(
            new Fault(
                table + " line 3",
                "the table of its job s1__b1__PLATE would have the same name as that of"
                    + " s1__b1__plate, "
                    + table
                    + " line 2",
                "rename one of the two"),
            new Fault(
                table + " line 3",
                "its files would have the same names as those of " + table + " line 2",
                "rename one of the two")));
  }

  @Test
  void underscoresThatMakeOneNameOfTwoSitesAreRefused() throws IOException {
    Path table = table(HEADER, site("p", "A__1", "2"), site("p", "A", "1__2"));

    assertThat(
        survey(table).faults(),
        contains(
            new Fault(
                table + " line 3",
                "its files would have the same names as those of " + table + " line 2",
                "rename one of the two")));
  }

  @Test
  void jobsWhoseTablesWouldHaveOneNameAreRefusedOnce() throws IOException {
    Path table =
        table(
            WITH_FOLDER,
            site("p", "A01", "1") + ",,Job",
            site("p", "A01", "2") + ",,JOB",
            site("p", "A01", "3") + ",,JOB");

    assertThat(
        survey(table).faults(),
        contains(
            new Fault(
                table + " line 3",
                "the table of its job JOB would have the same name as that of Job, "
                    + table
                    + " line 2",
                "rename one of the two")));
  }

  @Test
  void aTableWithoutRowsIsRefused() throws IOException {
    Path table = table(HEADER);

    assertThat(
        survey(table).faults(),
        contains(new Fault(table.toString(), "has no rows", "check that the table is whole")));
  }

  @Test
  void anEmptyTableBesideAFullOneIsNone() throws IOException {
    Path empty = table(HEADER);
    Path full = write(folder.resolve("u.csv"), HEADER, site("p", "A01", "1"));

    assertThat(survey(empty, full).faults(), is(empty()));
  }

  @Test
  void nothingWantedIsRefused() throws IOException {
    Path table = table(HEADER, site("p", "A01", "1"), site("p", "A02", "1"));
    PlateSelection selection =
        new PlateSelection(List.of("DNA", "ER"), Set.of("Z99"), Set.of(), null, null);

    assertThat(
        survey(selection, "/out", table).faults(),
        contains(
            new Fault(
                table.toString(),
                "none of its 2 rows has a wanted well and site",
                "check --wells and --sites")));
  }

  @Test
  void everythingFilteredIsNothingToDoAndNoFault() throws IOException {
    Path table = table(HEADER + ",filter", site("p", "A01", "1") + ",false");

    PlateSurvey survey = survey(table);

    assertThat(survey.faults(), is(empty()));
    assertThat(survey.filtered(), is(1L));
  }

  @Test
  void rowsWithoutAFolderAreOneFaultATable() throws IOException {
    Path some =
        table(
            WITH_FOLDER,
            site("p", "A01", "1") + ",,",
            site("p", "A01", "2") + ",/out,",
            site("p", "A01", "3") + ",nan,");
    Path all = write(folder.resolve("u.csv"), HEADER, site("p", "A02", "1"));

    assertThat(
        survey(ALL, null, some, all).faults(),
        contains(
            new Fault(
                some.toString(),
                "has no output_dir in 2 rows",
                "give --output_dir, or fill the column in"),
            new Fault(
                all.toString(),
                "has no output_dir in 1 row",
                "give --output_dir, or fill the column in")));
  }

  @Test
  void unusableRowsAloneAreNoFaultIfTheirFailuresHaveAPlace() throws IOException {
    Path table = table(HEADER, "s1,b1,p,,1,,,", "s1,b1,,A01,1,,,");

    assertThat(survey(table).faults(), is(empty()));
    assertThat(survey(table).unusable(), is(2L));
  }

  @Test
  void unusableRowsAloneAreAFaultIfTheyHaveNone() throws IOException {
    Path table = table(WITH_FOLDER, "s1,b1,p,,1,,,,/out,", "s1,b1,,A01,1,,,,/out,");

    assertThat(
        survey(ALL, null, table).faults(),
        contains(
            new Fault(
                table + " line 2",
                "can't be used, and neither can any other row: Metadata_Well is empty",
                "mend the table")));
  }

  @Test
  void missingColumnsOfSeveralTablesAreAllNamed() throws IOException {
    Path one = table("Metadata_Source,URL_OrigDNA,URL_OrigER", "s,,");
    Path two = write(folder.resolve("u.csv"), HEADER.replace("URL_OrigDNA", "URL_OrigAGP"), ",,");

    List<Fault> faults = survey(one, two).faults();

    assertThat(
        faults.stream().map(Fault::where).toList(), contains(one.toString(), two.toString()));
    assertThat(
        faults.stream().map(Fault::problem).toList(),
        contains(
            "there is no column Metadata_Batch, Metadata_Plate, Metadata_Well, Metadata_Site",
            "there is no URL_Orig… column, nor PathName_Orig… with FileName_Orig…, for channel DNA;"
                + " the table has the channels AGP, ER"));
  }

  @Test
  void ofManyFaultsTheFirstAreListedAndTheRestCounted() throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER, site("p", "A01", "1")));
    for (int i = 0; i < 25; i++) {
      lines.add(site("p", "A01", "1").replace("dna", "dna" + i));
    }

    PlateSurvey survey = survey(table(lines.toArray(String[]::new)));

    assertThat(survey.faults().size(), is(20));
    assertThat(survey.moreFaults(), is(5L));
  }

  @Test
  void rowsThatCanHaveNoNameAreNoClash() throws IOException {
    String longName = "p".repeat(250);
    Path table =
        table(
            WITH_FOLDER,
            site(longName, "A01", "1") + ",,job",
            site(longName, "A01", "1") + ",,job");

    PlateSurvey survey = survey(table);

    assertThat(survey.faults(), is(empty()));
    assertThat(survey.sites("/out"), is(2L));
  }

  @Test
  void choosesExactlySoManySitesForThumbnails() throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    List<Long> hashes = new ArrayList<>();
    for (int number = 1; number <= 20; number++) {
      lines.add(site("p", "A01", "" + number));
      hashes.add(Thumbnails.hash(List.of("s1", "b1", "p", "A01", "" + number)));
    }
    Collections.sort(hashes);
    PlateSurvey survey = survey(table(lines.toArray(String[]::new)));

    assertThat(survey.thumbnails("/out", 3), is(new Thumbnails(PlateKeys.OF_SITE, hashes.get(2))));
    assertThat(
        survey.thumbnails("/out", 99), is(new Thumbnails(PlateKeys.OF_SITE, hashes.get(19))));
    assertThat(survey.thumbnails("/out", 0).highestHash(), is(-1L));
    assertThat(survey.thumbnails("/elsewhere", 3).highestHash(), is(-1L));
  }
}
