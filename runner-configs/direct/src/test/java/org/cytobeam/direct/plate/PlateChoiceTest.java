package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.Tree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --limit} and {@code --only}: a run about some of the images of its tables. */
class PlateChoiceTest {

  @TempDir private Path folder;
  private Path out;
  private Path csv;

  @BeforeEach
  void sixSitesOfWhichTwoAreNotThere() throws Exception {
    TinyImages.write(folder, 6);
    Files.delete(folder.resolve("1.tif"));
    Files.delete(folder.resolve("4.tif"));
    LoadData table = LoadData.ofChannels("DNA");
    for (int site = 0; site < 6; site++) {
      table.site("A01", "" + site, site + ".tif");
    }
    csv = table.write(folder.resolve("load_data.csv"));
    out = folder.resolve("out");
  }

  private CommandRun plate(String... more) {
    String[] all = Arrays.copyOf(more, more.length + 1);
    all[more.length] = "--channels=DNA";
    return CommandRun.plate(csv, out, all);
  }

  private List<String> pngs() throws Exception {
    return Tree.paths(out).stream()
        .filter(path -> path.endsWith(".png") && !path.startsWith("_cytobeam/"))
        .map(png -> png.replaceFirst(".*A01__(.*)__DNA.png", "$1"))
        .toList();
  }

  @Test
  void aLimitTakesTheFirstInTheOrderOfTheTable() throws Exception {
    CommandRun run = plate("--limit", "3");

    assertThat(run.code(), is(ExitCode.INCOMPLETE));
    assertThat(run.out(), startsWith("3 items: 2 done, 0 already done, 1 failed\n"));
    assertThat(pngs(), equalTo(List.of("0", "2")));
  }

  @Test
  void aHigherLimitGoesOn() throws Exception {
    plate("--limit", "1");

    CommandRun run = plate("--limit", "3");

    assertThat(run.out(), startsWith("3 items: 1 done, 1 already done, 1 failed\n"));
  }

  @Test
  void aLimitBeyondAllIsAll() {
    assertThat(plate("--limit", "100").out(), startsWith("6 items: 4 done"));
  }

  @Test
  void onlyWhatFailedIsTriedAgain() throws Exception {
    plate("--limit", "5");
    TinyImages.write(folder, 5);

    CommandRun run = plate("--only", "failed");

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(run.out(), startsWith("2 items: 2 done, 0 already done, 0 failed\n"));
    assertThat(pngs(), equalTo(List.of("0", "1", "2", "3", "4")));
  }

  @Test
  void aLimitOfWhatFailedCountsThoseOnly() throws Exception {
    plate();
    TinyImages.write(folder, 6);

    assertThat(
        plate("--only=failed", "--limit=1").out(),
        startsWith("1 item: 1 done, 0 already done, 0 failed\n"));
    assertThat(pngs(), equalTo(List.of("0", "1", "2", "3", "5")));
  }

  @Test
  void beforeAnythingFailedThereIsNothingToDo() {
    CommandRun run = plate("--only=failed");

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(
        run.out(),
        startsWith(
            "Nothing has failed: there is nothing to do.\n"
                + "0 items: 0 done, 0 already done, 0 failed\n"));
  }

  @Test
  void aDryRunIsAboutTheSameImages() throws Exception {
    plate();

    assertThat(
        plate("--only=failed", "--dry_run").out(),
        allOf(
            containsString("2 items: 0 already done, 2 to fetch; nothing was written"),
            not(containsString("Nothing has failed"))));
    assertThat(
        plate("--limit=4", "--dry_run").out(),
        containsString("4 items: 3 already done, 1 to fetch; nothing was written"));
  }

  @Test
  void theChoiceIsRefusedWhereItMakesNoSense() {
    assertThat(plate("--limit", "0").err(), containsString("--limit"));
    assertThat(plate("--only", "done").err(), containsString("--only"));
  }

  @Test
  void whatIsNotChosenStaysAsItWas() throws Exception {
    LoadData table = LoadData.ofChannels("DNA").site("A01", "0", "0.tif");
    csv = table.site("A01", "7", "").write(folder.resolve("load_data.csv"));
    plate();
    List<String> failures = Files.readAllLines(out.resolve("_cytobeam/failures.csv"));

    CommandRun first = plate("--limit=1");
    CommandRun none = plate("--only=failed", "--wells=A01", "--sites=0");

    assertThat(failures.size(), is(2));
    assertThat(first.out(), startsWith("1 item: 0 done, 1 already done, 0 failed\n"));
    assertThat(first.code(), is(ExitCode.DONE));
    assertThat(none.out(), containsString("\n0 items: 0 done, 0 already done, 0 failed\n"));
    assertThat(Files.readAllLines(out.resolve("_cytobeam/failures.csv")), equalTo(failures));
  }

  @Test
  void theSitesChosenGetTheThumbnails() throws Exception {
    plate("--limit=1", "--thumbnails=1");

    assertThat(
        Tree.paths(out).stream().filter(path -> path.startsWith("_cytobeam/thumbnails/")).count(),
        is(1L));
  }
}
