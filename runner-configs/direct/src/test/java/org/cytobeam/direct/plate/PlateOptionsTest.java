package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.NumpyRule;
import org.cytobeam.testing.plate.Tree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of {@code plate}: what the documented command line means, and what is refused. */
final class PlateOptionsTest {

  private static final String PNG = "source_0/Batch1/P1/source_0__P1__A01__1__DNA.png";

  @TempDir private Path folder;
  private Path out;
  private Path csv;

  @BeforeEach
  void makeTable() throws IOException {
    TinyImages.write(folder, 2);
    out = folder.resolve("out");
    csv =
        LoadData.ofChannels("DNA", "RNA", "BrightfieldHigh")
            .site("A01", "1", "0.tif", "1.tif", "0.tif")
            .write(folder.resolve("load_data.csv"));
  }

  private void assertRefused(CommandRun run, String... told) {
    assertThat(run.out() + run.err(), run.code(), is(ExitCode.USAGE));
    for (String part : told) {
      assertThat(run.err(), containsString(part));
    }
    assertThat(run.err(), not(containsString("\tat ")));
    assertThat(run.err(), not(containsString("Exception")));
    assertThat("nothing was started", Files.exists(out), is(false));
  }

  @Test
  void anOptionThatOnlyTheCommandSetsIsRefused() {
    assertRefused(
        CommandRun.plate(csv, out, "--s3_held_credentials=x"),
        "--s3_held_credentials: is set by the command itself; leave it out");
  }

  /**
   * The command line of the system that this one replaces, every option of it, in its spellings.
   */
  @Test
  void theDocumentedCommandLineRunsUnchanged() throws Exception {
    Path tables = folder.resolve("tables");

    CommandRun run =
        CommandRun.of(
            "plate",
            "--job_csv_path",
            csv.toString(),
            "--load_data_out_dir",
            tables.toString(),
            "--percentile",
            "1.0",
            "--min_resolution_x",
            "768",
            "--min_resolution_y",
            "768",
            "--max_workers",
            "2",
            "--no_remove_tmp",
            "--no_force",
            "--channels",
            "DNA",
            "--channels",
            "RNA",
            "--output_dir",
            out.toString());

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(
        Tree.of(out).keySet(),
        is(
            Set.of(
                PNG,
                PNG.replace(".png", ".tif"),
                PNG.replace("DNA", "RNA"),
                PNG.replace("DNA.png", "RNA.tif"))));
    assertThat(Tree.paths(tables), is(List.of("final/source_0__Batch1__P1.parquet")));
  }

  /** Dashes, camels and equals signs are the same words. */
  @Test
  void anOptionHasOneMeaningInEverySpelling() throws Exception {
    Path options = Files.writeString(folder.resolve("options"), "--channels=DNA\n--remove-tmp\n");

    CommandRun run =
        CommandRun.of(
            "plate",
            "--jobCsvPath=" + csv,
            "--output-dir=" + out,
            "--maxWorkers=1",
            "--min-resolution-x=4",
            "--minResolutionY",
            "6",
            "--force",
            "@" + options);

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    Png png = Png.read(out.resolve(PNG));
    assertThat(png.width(), is(4));
    assertThat(png.height(), is(6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "50.0001", "100", "NaN", "Infinity", "one", "", "1e999"})
  void aPercentileOutsideItsRangeIsRefused(String percentile) {
    assertRefused(
        CommandRun.plate(csv, out, "--percentile=" + percentile), "--percentile: \"" + percentile);
  }

  /** Fault P13. */
  @Test
  void allMistakesAreToldAtOnce() {
    CommandRun run =
        CommandRun.of(
            "plate",
            "--percentile=50.0001",
            "--min_resolution_x=-1",
            "--min_resolution_y=tall",
            "--max_workers=0",
            "--channels=DNA,dna",
            "--max_pixels=0",
            "--expected_size=1080",
            "--maxFailedShare=2",
            "--check=often",
            "--durable=never",
            "--output_dir=gopher://out",
            "--load_data_out_dir=gopher://tables",
            "--remove_temp");

    assertRefused(run);
    assertThat(
        run.err().lines().map(String::strip).collect(Collectors.joining("\n")),
        is(
            """
            cytobeam plate: 14 mistakes, and nothing was started:
            --percentile: "50.0001" is out of range; give a number from 0 to 50
            --min_resolution_x: "-1" is out of range; give a whole number from 0 to 2147483647
            --min_resolution_y: "tall" is not a whole number; give one such as 8
            --max_workers: "0" is out of range; give a whole number from 1 to 4096
            --max_pixels: "0" is out of range; give a whole number from 1 to 536870841
            --max_failed_share: "2" is out of range; give a number from 0 to 1
            --check: "often" is not known here; give one of size, sha256
            --durable: "never" is not known here; give one of item, run
            --remove_temp: there is no such option; did you mean --remove_tmp?
            --job_csv_path: is missing; give it as --job_csv_path=testdata/plate/load_data.csv
            --expected_size: not a size such as 1080x1080: "1080"; give 1080x1080, say
            --output_dir: "gopher://out" is neither a folder nor an S3 address; give out or \
            s3://bucket/prefix, say
            --load_data_out_dir: "gopher://tables" is neither a folder nor an S3 address; give out \
            or s3://bucket/prefix, say
            --channels: "dna" is given twice, or differs only by upper and lower case; give each \
            channel once
            ./cytobeam plate --help shows how it is called."""));
  }

  @Test
  void anAbsentTableIsToldWithTheOtherMistakes() {
    CommandRun run = CommandRun.plate(folder.resolve("absent.csv"), out, "--percentile=51");

    assertRefused(run, "2 mistakes", "--percentile: ", "absent.csv: there is no such file");
  }

  @Test
  void anUnknownChannelIsRefusedNamingThoseThereAre() {
    assertRefused(
        CommandRun.plate(csv, out, "--channels=DNA,Golgi"),
        "for channel Golgi; the table has the channels DNA, RNA, BrightfieldHigh");
    assertRefused(CommandRun.plate(csv, out), "for channel AGP, ER, Mito; ");
  }

  @Test
  void anyChannelOfTheTableCanBeAskedFor() throws Exception {
    CommandRun run = CommandRun.plate(csv, out, "--channels", "BrightfieldHigh,RNA");

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(Tree.of(out), hasKey(PNG.replace("DNA", "BrightfieldHigh")));
    Map<String, String> row =
        Records.table(out.resolve("load_data/final/source_0__Batch1__P1.parquet")).get(0);
    assertThat(row, hasKey("FileName_OrigBrightfieldHigh"));
    assertThat(row, aMapWithSize(5 + 2));
  }

  /** Fault I7: x is the width and y the height. */
  @ParameterizedTest
  @CsvSource({"20, 0, 20, 25", "0, 20, 31, 20", "32, 25, 31, 25", "2000, 7, 31, 7", "0, 0, 31, 25"})
  void xIsTheWidthAndYTheHeight(int x, int y, int width, int height) throws Exception {
    int[][] rows = Pictures.noise(31, 25, 65535, 3);
    Files.write(folder.resolve("0.tif"), TiffBuilder.uint16(rows).build());

    CommandRun run =
        CommandRun.plate(
            csv, out, "--channels=DNA", "--min_resolution_x=" + x, "--min_resolution_y=" + y);

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    Png png = Png.read(out.resolve(PNG));
    assertThat(png.width(), is(width));
    assertThat(png.height(), is(height));
    assertThat(png.pixels(), is(NumpyRule.apply(rows, x, y, 1)));
  }

  @Test
  void sourcesAreKeptBesideAndFetchedIfOnlyTheyAreMissing() throws Exception {
    CommandRun.plate(csv, out, "--channels=DNA,RNA");
    Path raw = out.resolve(PNG.replace(".png", ".tif"));
    assertThat(Files.exists(raw), is(false));

    CommandRun second = CommandRun.plate(csv, out, "--channels=DNA,RNA", "--no_remove_tmp");

    assertThat(second.out(), containsString("2 items: 2 done, 0 already done, 0 failed"));
    assertThat(Files.readAllBytes(raw), is(TinyImages.bytes(0)));
    Files.delete(raw);

    CommandRun third = CommandRun.plate(csv, out, "--channels=DNA,RNA", "--no_remove_tmp");

    assertThat(third.out(), containsString("2 items: 1 done, 1 already done, 0 failed"));
    assertThat(Files.readAllBytes(raw), is(TinyImages.bytes(0)));
    CommandRun fourth = CommandRun.plate(csv, out, "--channels=DNA,RNA", "--no_remove_tmp");
    assertThat(fourth.out(), containsString("2 items: 0 done, 2 already done, 0 failed"));
  }

  @Test
  void imagesOfAnotherSizeThanExpectedFail() throws Exception {
    Files.write(
        folder.resolve("1.tif"), TiffBuilder.uint16(Pictures.noise(10, 12, 255, 1)).build());

    CommandRun run = CommandRun.plate(csv, out, "--channels=DNA,RNA", "--expectedSize=12x10");

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(Records.failureClasses(out), is(Map.of(PNG.replace("DNA", "RNA"), "wrong_size")));
    assertThat(Records.failures(out).get(0).get("message"), is("the image is 10x12, not 12x10"));
  }

  @Test
  void imagesOfMorePixelsThanAllowedFail() throws Exception {
    CommandRun run = CommandRun.plate(csv, out, "--channels=DNA", "--maxPixels=119");

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(Records.failureClasses(out), is(Map.of(PNG, "too_large")));
    CommandRun more = CommandRun.plate(csv, out, "--channels=DNA", "--maxPixels=120");
    assertThat(more.err(), more.code(), is(ExitCode.DONE));
  }

  @Test
  void someFailuresMayBeAllowed() throws Exception {
    Files.delete(folder.resolve("1.tif"));

    CommandRun half = CommandRun.plate(csv, out, "--channels=DNA,RNA", "--maxFailedShare=0.5");
    CommandRun fewer = CommandRun.plate(csv, out, "--channels=DNA,RNA", "--maxFailedShare=0.49");

    assertThat(half.err(), half.code(), is(ExitCode.DONE));
    assertThat(half.out(), containsString("  failed, missing: 1"));
    assertThat(fewer.err(), fewer.code(), is(ExitCode.INCOMPLETE));
  }

  @Test
  void namesMayBeMadeDurableOneByOne() throws Exception {
    CommandRun run = CommandRun.plate(csv, out, "--channels=DNA", "--durable=item");

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(Tree.of(out), hasKey(PNG));
  }
}
