package org.cytobeam.direct.plate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.data.SharedData;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.Tree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that can't be used: each is a row of a class, and costs no other image. */
final class PlateFailuresTest {

  private static final Path PLATE = Path.of("../../testdata/plate").toAbsolutePath().normalize();
  private static final String SITE = "source_0/2026_01_Batch1/CB000001/source_0__CB000001__A01__";

  private static final String FLAT = "source_0/Batch1/P1/source_0__P1__A01__1__DNA.png";

  @TempDir private Path folder;

  /** The plate of the tour: one image missing, one cut, one zero-filled, one a web page. */
  @Test
  void theDamagedPlateHasItsFailuresAndAllElseIsDone() throws Exception {
    Path out = folder.resolve("out");

    CommandRun run = CommandRun.plate(PLATE.resolve("damaged.csv"), out, "--relativePaths");

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(run.out(), containsString("11 items: 6 done, 0 already done, 5 failed"));
    SortedMap<String, String> classes = Records.failureClasses(out);
    assertThat(classes.remove(PLATE.resolve("damaged.csv") + " line 4"), is("bad_row"));
    assertThat(
        classes,
        is(
            Map.of(
                SITE + "2__DNA.png", "missing",
                SITE + "2__AGP.png", "truncated",
                SITE + "2__ER.png", "zero_filled",
                SITE + "2__Mito.png", "not_an_image")));
    List<Map<String, String>> rows =
        Records.table(out.resolve("load_data/final/source_0__2026_01_Batch1__CB000001.parquet"));
    assertThat(rows, hasSize(2));
    assertThat(rows.get(0).size(), is(10));
    assertThat(
        rows.get(1),
        is(
            Map.of(
                "Metadata_Source", "source_0",
                "Metadata_Batch", "2026_01_Batch1",
                "Metadata_Plate", "CB000001",
                "Metadata_Well", "A01",
                "Metadata_Site", "2",
                "FileName_OrigRNA", SITE + "2__RNA.png")));
    assertThat(Tree.of(out).keySet(), hasSize(7));
    for (String line : Files.readAllLines(out.resolve("_cytobeam/failures.jsonl"))) {
      assertThat(line, containsString("\"status\":\"failed\""));
    }
  }

  /** Mended images are fetched by the next run, the sound ones are not. */
  @Test
  void mendedImagesAreDoneByTheNextRun() throws Exception {
    TinyImages.write(folder, 1);
    Path out = folder.resolve("out");
    Path csv =
        LoadData.ofChannels("DNA", "RNA")
            .site("A01", "1", "0.tif", "late.tif")
            .write(folder.resolve("load_data.csv"));
    CommandRun first = CommandRun.plate(csv, out, "--channels=DNA,RNA");
    assertThat(first.out(), containsString("2 items: 1 done, 0 already done, 1 failed"));
    Files.write(folder.resolve("late.tif"), TinyImages.bytes(7));

    CommandRun second = CommandRun.plate(csv, out, "--channels=DNA,RNA");

    assertThat(second.err(), second.code(), is(ExitCode.DONE));
    assertThat(second.out(), containsString("2 items: 1 done, 1 already done, 0 failed"));
    assertThat(Records.failures(out), hasSize(0));
    assertThat(
        Records.table(out.resolve("load_data/final/source_0__Batch1__P1.parquet")).get(0).size(),
        is(7));
  }

  @Test
  void everyImageMayFail() throws Exception {
    Path out = folder.resolve("out");
    LoadData table = LoadData.ofChannels("DNA");
    for (int site = 1; site <= 20; site++) {
      table.site("A01", "" + site, "absent" + site + ".tif");
    }
    Path csv = table.write(folder.resolve("load_data.csv"));

    CommandRun run = CommandRun.plate(csv, out, "--channels=DNA");

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(run.out(), containsString("20 items: 0 done, 0 already done, 20 failed"));
    assertThat(run.out(), containsString("  failed, missing: 20"));
    assertThat(Records.failures(out), hasSize(20));
    List<Map<String, String>> rows =
        Records.table(out.resolve("load_data/final/source_0__Batch1__P1.parquet"));
    assertThat(rows, hasSize(20));
    assertThat(rows.get(0).size(), is(5));
  }

  /** Faults I1, I2, I3, I5 and I10, and what is no file: one table of them all. */
  @Test
  void eachKindOfDamageHasItsClass() throws Exception {
    byte[] whole = TiffBuilder.uint16(Pictures.noise(40, 30, 4095, 1)).build();
    Map<String, byte[]> files = new TreeMap<>();
    Map<String, String> expected = new TreeMap<>();
    files.put("zeros.tif", new byte[whole.length]);
    expected.put("zeros.tif", "zero_filled");
    files.put("header.tif", Arrays.copyOf(whole, 8));
    expected.put("header.tif", "truncated");
    files.put("half.tif", Arrays.copyOf(whole, whole.length / 2));
    expected.put("half.tif", "truncated");
    files.put("empty.tif", new byte[0]);
    expected.put("empty.tif", "truncated");
    files.put("text.tif", "just text".getBytes(UTF_8));
    expected.put("text.tif", "not_an_image");
    files.put("page.tif", "<!DOCTYPE html><html></html>".getBytes(UTF_8));
    expected.put("page.tif", "not_an_image");
    files.put("jpeg.tif", new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16});
    expected.put("jpeg.tif", "not_an_image");
    files.put("png.tif", Files.readAllBytes(onePng()));
    expected.put("png.tif", "not_an_image");
    files.put(
        "vast.tif",
        TiffBuilder.uint16(Pictures.constant(2, 2, 1))
            .tag(256, 4, 65_535)
            .tag(257, 4, 65_535)
            .build());
    expected.put("vast.tif", "too_large");
    files.put("float.tif", TiffBuilder.uint16(Pictures.constant(2, 2, 1)).tag(339, 3, 3).build());
    expected.put("float.tif", "unsupported");
    files.put("rgb.tif", TiffBuilder.uint16(Pictures.constant(2, 2, 1)).tag(277, 3, 3).build());
    expected.put("rgb.tif", "unsupported");
    LoadData table = LoadData.ofChannels("DNA");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
      table.row(Map.of("Metadata_Well", file.getKey()), file.getKey());
    }
    Files.createDirectory(folder.resolve("folder.tif"));
    expected.put("folder.tif", "bad_row");
    table.row(Map.of("Metadata_Well", "folder.tif"), "folder.tif");
    expected.put("device", "bad_row");
    table.row(Map.of("Metadata_Well", "device"), "file:///dev/zero");
    expected.put("elsewhere", "bad_row");
    table.row(Map.of("Metadata_Well", "elsewhere"), "file://host/0.tif");
    Files.write(folder.resolve("sound.tif"), whole);
    table.row(Map.of("Metadata_Well", "sound.tif"), "sound.tif");
    Path out = folder.resolve("out");

    CommandRun run =
        CommandRun.plate(table.write(folder.resolve("load_data.csv")), out, "--channels=DNA");

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    Map<String, String> found = new TreeMap<>();
    for (Map<String, String> row : Records.failures(out)) {
      found.put(row.get("well"), row.get("class"));
    }
    assertThat(found, is(expected));
    assertThat(run.out(), containsString(expected.size() + 1 + " items: 1 done, 0 already done"));
  }

  private Path onePng() throws IOException {
    Path file = folder.resolve("one.png");
    BufferedImage image = new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY);
    assertThat(ImageIO.write(image, "png", file.toFile()), is(true));
    return file;
  }

  /** Faults I6 and I11: sound files that their users should still look at. */
  @Test
  void constantAndEqualImagesAreDoneWithAWarning() throws Exception {
    Files.write(
        folder.resolve("flat.tif"), TiffBuilder.uint16(Pictures.constant(9, 9, 321)).build());
    Files.write(
        folder.resolve("other.tif"), TiffBuilder.uint16(Pictures.noise(8, 9, 99, 5)).build());
    TinyImages.write(folder, 1);
    Path csv =
        LoadData.ofChannels("DNA", "AGP", "Mito", "ER")
            .site("A01", "1", "flat.tif", "0.tif", "0.tif", "other.tif")
            .write(folder.resolve("load_data.csv"));
    Path out = folder.resolve("out");

    CommandRun run = CommandRun.plate(csv, out, "--channels=DNA,AGP,Mito,ER");

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(
        Records.table(out.resolve("_cytobeam/warnings.csv")).stream()
            .map(row -> row.get("kind") + ": " + row.get("message"))
            .sorted()
            .toList(),
        is(
            List.of(
                "constant: every sample of the crop is 321",
                "different_sizes: channels are 12x10 and 8x9 and 9x9",
                "duplicate_channel: equal pixels in AGP, Mito")));
    for (byte pixel : Png.read(out.resolve(FLAT)).pixels()) {
      assertThat(pixel, is((byte) 0));
    }
  }

  /** Files that were made to break readers: each ends as a row, none ends the run. */
  @Test
  void hostileFilesOfOthersFailOneByOne() throws Exception {
    Path hostile = SharedData.require("tiff/pillow");
    LoadData table = LoadData.ofChannels("DNA");
    List<Path> files = new ArrayList<>();
    try (var walk = Files.walk(hostile)) {
      walk.filter(Files::isRegularFile)
          .filter(f -> f.toString().matches(".*\\.tiff?"))
          .sorted()
          .forEach(files::add);
    }
    for (int i = 0; i < files.size(); i++) {
      table.site("A01", "" + i, files.get(i).toUri().toString());
    }
    Path out = folder.resolve("out");

    CommandRun run =
        CommandRun.plate(table.write(folder.resolve("load_data.csv")), out, "--channels=DNA");

    assertThat(run.err(), run.code() == ExitCode.DONE || run.code() == ExitCode.INCOMPLETE);
    assertThat(Records.manifest(out).values(), hasSize(files.size()));
  }
}
