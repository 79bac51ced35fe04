package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.data.SharedData;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.images.TiffCompression;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.NumpyRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pixels that come out of the whole command, read by another reader: numpy 1.24's. */
final class PlateGoldenTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "jump_BR00117006/r01c01f01p01-ch2sk1fk1fl1.tiff, 571, 19432.54, 156, 156, "
        + "8a76768ad172706fad4459f7d66bd269b2790eb7609154670d6e6e85c7a16d0c",
    "jump_BR00117006/r01c01f01p01-ch5sk1fk1fl1.tiff, 461, 21106, 156, 156, "
        + "9a903eac7b368acc09db92a8b052637ff0483725262bbd17f7201380d9cf1b1e",
    "phenix_5channel_site/r03c03f03p01-ch1sk1fk1fl1.tiff, 10533, 12525.77, 156, 156, "
        + "232f4ca0216cf172cc793ee89c7d614123a0b5912feb219336422e9e0f16465b",
    "nf1_904x1224_deflate/B7_01_1_3_DAPI_001.tif, 3084, 40092, 228, 68, "
        + "fd313810e94a9344e7db2bf5d9b39eddeeb2579d50ef27823a8b538d2ff6dc77",
  })
  void aRealImageHasTheGoldenPixels(
      String name, double low, double high, int x, int y, String sha256) throws Exception {
    Path image = SharedData.require("plate/" + name);
    Path out = folder.resolve("out");
    Path table =
        LoadData.ofChannels("DNA")
            .site("A01", "1", image.toUri().toString())
            .write(folder.resolve("load_data.csv"));

    CommandRun run = CommandRun.plate(table, out, "--channels", "DNA");

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    Png png = Png.read(out.resolve("source_0/Batch1/P1/source_0__P1__A01__1__DNA.png"));
    assertThat(png.width(), is(768));
    assertThat(png.height(), is(768));
    assertThat(png.sha256(), is(sha256));
    JsonNode row = Records.manifest(out).values().iterator().next();
    JsonNode measures = row.path("measures");
    assertThat(measures.path("window_low").asDouble(), closeTo(low, 1e-9));
    assertThat(measures.path("window_high").asDouble(), closeTo(high, 1e-9));
    assertThat(measures.path("crop_x").asInt(), is(x));
    assertThat(measures.path("crop_y").asInt(), is(y));
    assertThat(row.path("pixels_sha256").asText(), is(sha256));
  }

  /**
   * The names and the folder as the plate's own table has them: the channel order is not 1 to 5.
   */
  @Test
  void aRealSiteOfFiveChannelsGivesFivePngsAndOneRow() throws Exception {
    Path images = SharedData.require("plate/phenix_5channel_site");
    Path beside = Files.createDirectory(folder.resolve("Images of site 3"));
    Map<String, Integer> channels = Map.of("DNA", 5, "AGP", 2, "ER", 4, "Mito", 1, "RNA", 3);
    List<String> columns = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    for (Map.Entry<String, Integer> channel : channels.entrySet()) {
      String name = "r03c03f03p01-ch" + channel.getValue() + "sk1fk1fl1.tiff";
      Files.copy(images.resolve(name), beside.resolve(name));
      columns.add("FileName_Orig" + channel.getKey());
      columns.add("PathName_Orig" + channel.getKey());
      cells.add(name);
      cells.add("Images of site 3" + (channel.getValue() % 2 == 0 ? "/" : ""));
    }
    Path out = folder.resolve("out");
    Path table =
        LoadData.ofColumns(columns.toArray(String[]::new))
            .site("C03", "3", cells.toArray(String[]::new))
            .write(folder.resolve("load_data.csv"));

    CommandRun run = CommandRun.plate(table, out);

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(Records.manifest(out).values(), hasSize(5));
    assertThat(
        Png.read(out.resolve("source_0/Batch1/P1/source_0__P1__C03__3__Mito.png")).sha256(),
        is("232f4ca0216cf172cc793ee89c7d614123a0b5912feb219336422e9e0f16465b"));
    List<Map<String, String>> rows =
        Records.table(out.resolve("load_data/final/source_0__Batch1__P1.parquet"));
    assertThat(rows, hasSize(1));
    for (String channel : channels.keySet()) {
      Path png = Path.of(rows.get(0).get("FileName_Orig" + channel));
      assertThat(png.toString(), png.isAbsolute(), is(true));
      assertThat(Png.read(png).width(), is(768));
    }
  }

  /** Crops: odd and even sizes, one axis larger than the image, none. */
  @ParameterizedTest
  @CsvSource({
    "61, 47, 40, 30, 1, NONE",
    "60, 48, 41, 31, 1, LZW",
    "61, 47, 0, 30, 0, DEFLATE",
    "61, 47, 40, 0, 50, PACK_BITS",
    "61, 47, 768, 46, 0.25, LZW",
    "5, 7, 3, 4, 1e-9, NONE",
    "1, 1, 768, 768, 1, NONE",
  })
  void anImageMadeHereEqualsTheRuleStepByStep(
      int width, int height, int x, int y, double percentile, TiffCompression compression)
      throws Exception {
    int[][] wide = Pictures.micrograph(width, height, 65535, 7);
    int[][] narrow = Pictures.noise(width, height, 255, 8);
    Files.write(
        folder.resolve("wide.tif"),
        TiffBuilder.uint16(wide)
            .compression(compression)
            .order(ByteOrder.BIG_ENDIAN)
            .strips(5)
            .build());
    Files.write(
        folder.resolve("narrow.tif"), TiffBuilder.uint8(narrow).compression(compression).build());
    Path out = folder.resolve("out");
    Path table =
        LoadData.ofChannels("DNA", "RNA")
            .site("A01", "1", "wide.tif", "narrow.tif")
            .write(folder.resolve("load_data.csv"));

    CommandRun run =
        CommandRun.plate(
            table,
            out,
            "--channels=DNA,RNA",
            "--min_resolution_x=" + x,
            "--min_resolution_y=" + y,
            "--percentile=" + percentile);

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    Path plate = out.resolve("source_0/Batch1/P1");
    assertThat(
        Png.read(plate.resolve("source_0__P1__A01__1__DNA.png")).pixels(),
        is(NumpyRule.apply(wide, x, y, percentile)));
    assertThat(
        Png.read(plate.resolve("source_0__P1__A01__1__RNA.png")).pixels(),
        is(NumpyRule.apply(narrow, x, y, percentile)));
  }

  /** From the specification: 10 × 10, 0 to 99; the window is 0.99 to 98.01. */
  @Test
  void theRampHasItsWindowAndItsPixels() throws Exception {
    int[][] ramp = new int[10][10];
    for (int i = 0; i < 100; i++) {
      ramp[i / 10][i % 10] = i;
    }
    Files.write(folder.resolve("ramp.tif"), TiffBuilder.uint16(ramp).build());
    Path out = folder.resolve("out");
    Path table =
        LoadData.ofChannels("DNA")
            .site("A01", "1", "ramp.tif")
            .write(folder.resolve("load_data.csv"));

    CommandRun.plate(table, out, "--channels=DNA");

    byte[] pixels =
        Png.read(out.resolve("source_0/Batch1/P1/source_0__P1__A01__1__DNA.png")).pixels();
    assertThat(Arrays.copyOf(pixels, 6), is(new byte[] {0, 0, 2, 5, 7, 10}));
    assertThat(
        Arrays.copyOfRange(pixels, 94, 100),
        is(new byte[] {(byte) 244, (byte) 247, (byte) 249, (byte) 252, (byte) 254, (byte) 255}));
    JsonNode measures = Records.manifest(out).values().iterator().next().path("measures");
    assertThat(measures.path("window_low").asDouble(), closeTo(0.99, 1e-12));
    assertThat(measures.path("window_high").asDouble(), closeTo(98.01, 1e-12));
  }
}
