package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cytobeam.testing.data.SharedData;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.plate.CleanJvm;
import org.cytobeam.testing.plate.NumpyRule;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.Pixels;
import org.cytobeam.testing.plate.S3Plate;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.RecordedRequest;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The documented command for real data, word for word but for the server's address, by somebody who
 * has never set up AWS; the server refuses requests that are signed.
 */
@Timeout(180)
final class S3PublicCommandTest {

  private static final String BUCKET = "cellpainting-gallery";
  private static final String TABLE =
      "cpg0016-jump/source_4/workspace/load_data_csv/2021_08_23_Batch12/BR00126114/"
          + "load_data_with_illum.parquet";

  private final S3TestServer server = S3TestServer.start().bucket(BUCKET, Access.UNSIGNED);

  @TempDir Path home;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void worksOnTheRealTable() throws Exception {
    Path table = SharedData.require("plate/load_data/test_BR00126114_load_data_with_illum.parquet");
    server.put(BUCKET, TABLE, Files.readAllBytes(table));
    SortedMap<String, String> expected = putImagesOfA01(table);

    CleanJvm.Ended command = runPublicCommand();

    assertThat(command.err(), command.code(), is(0));
    assertThat(output().pixels(), is(expected));
    assertNothingWasSigned();
  }

  @Test
  void worksOnATableThatTheTestMade() throws Exception {
    S3Plate plate = S3Plate.inGallery(server, 2);
    SortedMap<String, String> expected = plate.pixels();
    plate.site("A02", 1);
    server.put(BUCKET, TABLE, plate.table(S3Plate.Layout.PATH_AND_FILE));

    CleanJvm.Ended command = runPublicCommand();

    assertThat(command.err(), command.code(), is(0));
    assertThat(command.err(), is(""));
    assertThat(command.out(), containsString("10 items: 10 done, 0 already done, 0 failed"));
    assertThat(output().pixels(), is(expected));
    assertNothingWasSigned();
    assertThat(
        "listings",
        server.requests().stream()
            .filter(request -> request.key().isEmpty() && request.method().equals("GET"))
            .toList(),
        empty());
    assertThat(
        server.requests().stream()
            .filter(request -> request.key().endsWith(".tiff"))
            .map(request -> request.method() + " " + request.key())
            .sorted()
            .toList(),
        is(plate.keys().stream().filter(k -> k.contains("A01")).map(k -> "GET " + k).toList()));
  }

  private CleanJvm.Ended runPublicCommand() throws IOException, InterruptedException {
    String documented =
        "plate --job_csv_path s3://cellpainting-gallery/" + TABLE + " --output_dir out --wells A01";
    return CleanJvm.run(
        home, Map.of(), List.of((documented + " --endpoint " + server.endpoint()).split(" ", -1)));
  }

  private OutputFiles output() throws IOException {
    return OutputFiles.local(home.resolve("out"));
  }

  private void assertNothingWasSigned() {
    assertThat(server.requests().stream().filter(RecordedRequest::signed).toList(), empty());
  }

  /** Puts an image at every key that the rows of the well name, with the rows' own columns. */
  private SortedMap<String, String> putImagesOfA01(Path table) throws IOException {
    SortedMap<String, String> expected = new TreeMap<>();
    for (Map<String, String> row : Records.table(table)) {
      if (cell(row, "Metadata_Well").equals("A01")) {
        S3Plate.CHANNELS.forEach(channel -> putImage(row, channel, expected));
      }
    }
    return expected;
  }

  private void putImage(
      Map<String, String> row, String channel, SortedMap<String, String> expected) {
    String uri = cell(row, "PathName_Orig" + channel) + cell(row, "FileName_Orig" + channel);
    int[][] picture = Pictures.noise(31, 17, 65_535, uri.hashCode());
    server.put(BUCKET, uri.replaceFirst("s3://[^/]*/", ""), TiffBuilder.uint16(picture).build());
    String path =
        "source_4/2021_08_23_Batch12/BR00126114/source_4__BR00126114__A01__%s__%s.png"
            .formatted(cell(row, "Metadata_Site"), channel);
    expected.put(path, Pixels.sha256Of(NumpyRule.apply(picture, 768, 768, 1)));
  }

  private static String cell(Map<String, String> row, String column) {
    return Objects.requireNonNull(row.get(column), column);
  }
}
