package org.cytobeam.direct.plate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.S3Plate;
import org.cytobeam.testing.plate.S3Plate.Layout;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which a command and its table can say where tables and images lie in S3. */
@Timeout(120)
final class S3AddressesTest {

  private static final String BUCKET = "cellpainting-gallery";

  private final S3TestServer server = S3TestServer.start().bucket(BUCKET, Access.UNSIGNED);

  @TempDir Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void keysAreTakenAsTheyStandInBothLayouts(Layout layout) throws Exception {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("DNA", "r01c01 #1.tiff");
    files.put("AGP", "what?.tiff");
    files.put("ER", "100%25 + 7%.tiff");
    files.put("Mito", "Zellkern äöü 細胞 é.tiff");
    files.put("RNA", "a&b=c;d@e!$'(x)*~.tiff");
    S3Plate plate =
        new S3Plate(server, BUCKET, "plate 1/B? #%2F+/x__2021-09-01T15_39_48-Measurement 1/Images")
            .site("A01", 1, files);
    server.put(BUCKET, "t.csv", plate.table(layout));

    assertDone(run("s3://cellpainting-gallery/t.csv"), plate.pixels());
  }

  @ParameterizedTest
  @ValueSource(strings = {"my tables/", "täbles #1/load data%20+.csv", "my tables/*.csv"})
  void aTableMayLieAnywhere(String address) throws Exception {
    S3Plate plate = new S3Plate(server, BUCKET, "images").site("A01", 1);
    String key = address.replace("*", "some").replaceFirst("/$", "/load_data.csv");
    server.put(BUCKET, key, plate.table(Layout.URL));
    server.put(BUCKET, "my tables/notes.txt", "no table".getBytes(UTF_8));

    assertDone(run("s3://cellpainting-gallery/" + address), plate.pixels());
  }

  @Test
  void aFolderOfTablesIsOneJobEach() throws Exception {
    S3Plate one = new S3Plate(server, BUCKET, "images").site("A01", 1);
    S3Plate other = new S3Plate(server, BUCKET, "images").site("A02", 1);
    server.put(BUCKET, "tables/1.csv", one.table(Layout.URL));
    server.put(BUCKET, "tables/2.csv", other.table(Layout.PATH_AND_FILE));

    SortedMap<String, String> all = new TreeMap<>(one.pixels());
    all.putAll(other.pixels());
    assertDone(run("s3://cellpainting-gallery/tables/"), all);
  }

  @Test
  void pathsWithoutABucketAreKeysOfTheOneThatIsNamed() throws Exception {
    server.bucket("other-public", Access.UNSIGNED);
    S3Plate plate = new S3Plate(server, "other-public", "a b/images").site("A01", 1);
    Path table = folder.resolve("t.csv");
    Files.write(table, plate.table(Layout.PATH_AND_FILE, "a b/images"));

    assertDone(run(table.toString(), "--bucket_name", "other-public"), plate.pixels());
  }

  @ParameterizedTest
  @ValueSource(strings = {"images", "../plates/./images", "/plates/images"})
  void relativePathsOfATableInS3StartAtItsFolder(String path) throws Exception {
    S3Plate plate = new S3Plate(server, BUCKET, "plates/images").site("A01", 1);
    server.put(BUCKET, "plates/t.csv", plate.table(Layout.PATH_AND_FILE, path));

    assertDone(run("s3://cellpainting-gallery/plates/t.csv"), plate.pixels());
  }

  @Test
  void aRelativePathThatLeavesTheBucketIsABadRow() throws Exception {
    S3Plate plate = new S3Plate(server, BUCKET, "images").site("A01", 1);
    server.put(BUCKET, "t.csv", plate.table(Layout.PATH_AND_FILE, "../../other-bucket"));

    CommandRun command = run("s3://cellpainting-gallery/t.csv");

    assertThat(command.err(), command.code(), is(ExitCode.INCOMPLETE));
    assertThat(List.copyOf(output().failures().values()), is(List.of("bad_row")));
  }

  private CommandRun run(String table, String... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "plate",
                    "--job_csv_path=" + table,
                    "--output_dir=" + folder.resolve("out"),
                    "--endpoint=" + server.endpoint()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private void assertDone(CommandRun command, SortedMap<String, String> pixels) throws IOException {
    assertThat(command.err(), command.code(), is(ExitCode.DONE));
    assertThat(output().pixels(), is(pixels));
  }

  private OutputFiles output() throws IOException {
    return OutputFiles.local(folder.resolve("out"));
  }
}
