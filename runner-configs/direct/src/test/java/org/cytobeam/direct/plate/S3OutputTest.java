package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.AwsProperties;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.S3Plate;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.RecordedRequest;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images from a public bucket, which takes no signed request, and output into one's own, which
 * takes no other.
 */
@Timeout(120)
final class S3OutputTest {

  private static final String OWN = "our-bucket";
  private static final String PREFIX = "plates/run 1";
  private static final String TABLE = "final/source_4__2021_08_23_Batch12__BR00126114.parquet";

  private final S3TestServer server =
      S3TestServer.start()
          .bucket("cellpainting-gallery", Access.UNSIGNED)
          .bucket(OWN, Access.SIGNED);
  private final AwsProperties credentials =
      AwsProperties.set(S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY);
  private final S3Plate plate = S3Plate.inGallery(server, 2);

  @TempDir Path folder;

  @AfterEach
  void stop() {
    credentials.close();
    server.close();
  }

  @Test
  void allOfARunLiesInTheBucketAndARerunDoesNothing() throws Exception {
    CommandRun first = run();

    assertThat(first.err(), first.code(), is(ExitCode.DONE));
    OutputFiles output = output();
    assertThat(output.pixels(), is(plate.pixels()));
    List<String> lasting = new ArrayList<>(plate.pixels().keySet());
    lasting.addAll(0, under("_cytobeam/", "failures.csv", "failures.jsonl", "manifest.jsonl"));
    lasting.addAll(3, under("_cytobeam/", "manifest.parquet", "tables.jsonl"));
    lasting.addAll(5, output.thumbnailsOfAll());
    lasting.addAll(15, List.of("_cytobeam/warnings.csv", "load_data/" + TABLE));
    assertThat(output.lastingPaths(), is(lasting));
    assertThat(
        output.runFiles(),
        contains("logs/run-000001.log", "report.html", "run.json", "summary.json"));
    assertThat(output.runLogs().get(0), containsString(" of plate into s3://" + OWN));
    assertThat(output.failures(), is(new TreeMap<>()));
    assertThat(
        finalTable(output.bytes("load_data/" + TABLE)),
        is(tableOf("s3://" + OWN + "/" + PREFIX + "/")));
    assertThat(runJson(output).get("exit_code").asInt(), is(0));
    assertThat(server.unfinishedUploads(OWN), is(0));

    server.clearLog();
    CommandRun second = run();

    assertThat(second.err(), second.code(), is(ExitCode.DONE));
    assertThat(second.out(), containsString("10 items: 0 done, 10 already done, 0 failed"));
    assertThat(imagesFetched(), empty());
    assertThat(output().tree(), is(output.tree()));
    assertThat(output().manifest(), is(output.manifest()));
    assertThat(output().lastingPaths(), is(output.lastingPaths()));
  }

  @Test
  void theReportIsMadeFromTheBucketAlone() throws Exception {
    run();
    String page = output().text(runPath(output(), "report.html"));
    server.delete(OWN, key(runPath(output(), "report.html")));

    CommandRun again =
        CommandRun.of("report", "s3://" + OWN + "/" + PREFIX, "--endpoint=" + server.endpoint());

    assertThat(again.err(), again.code(), is(ExitCode.DONE));
    String path = runPath(output(), "report.html");
    assertThat(again.out(), is("Report:   s3://" + OWN + "/" + PREFIX + "/" + path + "\n"));
    assertThat(output().text(path), is(page));
    assertThat(page, containsString("All 10 images are done"));
    assertThat(page.split("<image ", -1).length - 1, is(10));
  }

  private static String runPath(OutputFiles output, String name) {
    return output.files().keySet().stream()
        .filter(file -> file.endsWith("/" + name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTruncatedADeletedAndAChangedObjectAreDoneAgain() throws Exception {
    run();
    OutputFiles before = output();
    byte[] cut = before.bytes(S3Plate.png("A01", 1, "DNA"));
    server.put(OWN, key(S3Plate.png("A01", 1, "DNA")), Arrays.copyOf(cut, 60));
    server.delete(OWN, key(S3Plate.png("A01", 1, "ER")));
    byte[] flipped = before.bytes(S3Plate.png("A01", 2, "RNA")).clone();
    flipped[70] ^= 1;
    server.put(OWN, key(S3Plate.png("A01", 2, "RNA")), flipped);
    server.clearLog();

    CommandRun again = run();

    assertThat(again.err(), again.code(), is(ExitCode.DONE));
    assertThat(again.out(), containsString("10 items: 3 done, 7 already done, 0 failed"));
    assertThat(
        imagesFetched(),
        contains(
            plate.key("A01", 1, "DNA"), plate.key("A01", 1, "ER"), plate.key("A01", 2, "RNA")));
    assertThat(output().tree(), is(before.tree()));
  }

  @Test
  void fetchedFilesAreKeptBesideTheirImagesAndTablesGoWhereTheyAreWanted() throws Exception {
    CommandRun command =
        run("--no_remove_tmp", "--load_data_out_dir", "s3://" + OWN + "/tables", "--relativePaths");

    assertThat(command.err(), command.code(), is(ExitCode.DONE));
    OutputFiles output = output();
    assertThat(output.pixels(), is(plate.pixels()));
    for (int site = 1; site <= 2; site++) {
      for (String channel : S3Plate.CHANNELS) {
        String kept = S3Plate.png("A01", site, channel).replace(".png", ".tiff");
        assertThat(output.bytes(kept), is(plate.image("A01", site, channel)));
      }
    }
    assertThat(finalTable(server.get(OWN, "tables/" + TABLE).orElseThrow()), is(tableOf("")));
  }

  @Test
  void anImageThatFailedIsAnEmptyCell() throws Exception {
    server.delete(plate.bucket(), plate.key("A01", 2, "ER"));

    CommandRun command = run();

    assertThat(command.err(), command.code(), is(ExitCode.INCOMPLETE));
    SortedMap<String, List<String>> table = tableOf("s3://" + OWN + "/" + PREFIX + "/");
    List<String> row = new ArrayList<>(table.get("A01 2"));
    row.set(2, "");
    table.put("A01 2", row);
    assertThat(finalTable(output().bytes("load_data/" + TABLE)), is(table));
  }

  @Test
  void repliesThatAreLostAndServersThatAreBusyCostNothing() throws Exception {
    String png = S3Plate.png("A01", 1, "DNA");
    server.script(OWN, key(png), Fault.loseReply().on("PUT"), Fault.status(503).on("PUT"));
    server.script(OWN, key("_cytobeam/manifest.parquet"), Fault.status(500).on("PUT"));

    CommandRun command = run("--s3_retry_delay_seconds=0.01");

    assertThat(command.err(), command.code(), is(ExitCode.DONE));
    assertThat(output().pixels(), is(plate.pixels()));
    assertThat(server.count("PUT", OWN, key(png)), is(3));
  }

  @Test
  void aBucketThatIsNotThereOrNotOursEndsTheRunWithALineThatSaysSo() throws Exception {
    CommandRun missing = run("s3://no-such-bucket/out", new String[0]);

    assertThat(missing.code(), is(ExitCode.FAILED));
    assertThat(missing.err(), containsString("There is no bucket no-such-bucket"));

    server.bucket("theirs", Access.UNSIGNED);
    CommandRun denied = run("s3://theirs/out", new String[0]);

    assertThat(denied.code(), is(ExitCode.FAILED));
    assertThat(denied.err(), containsString("No right to write to s3://theirs/out"));
    assertThat(imagesFetched(), empty());
  }

  private CommandRun run(String... more) throws IOException {
    return run("s3://" + OWN + "/" + PREFIX, more);
  }

  private CommandRun run(String output, String[] more) throws IOException {
    Path table = folder.resolve("t.csv");
    Files.write(table, plate.table(S3Plate.Layout.PATH_AND_FILE));
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "plate",
                    "--job_csv_path=" + table,
                    "--output_dir=" + output,
                    "--endpoint=" + server.endpoint()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private OutputFiles output() {
    return OutputFiles.s3(server, OWN, PREFIX);
  }

  private static String key(String path) {
    return PREFIX + "/" + path;
  }

  private List<String> imagesFetched() {
    return server.requests().stream()
        .map(RecordedRequest::key)
        .filter(key -> key.endsWith(".tiff"))
        .sorted()
        .toList();
  }

  private static List<String> under(String folder, String... names) {
    return Stream.of(names).map(name -> folder + name).toList();
  }

  private static JsonNode runJson(OutputFiles output) throws IOException {
    return new ObjectMapper().readTree(output.bytes(runPath(output, "run.json")));
  }

  /**
   * Returns the files of each site, by its well and number, in the order of the channels' names.
   */
  private SortedMap<String, List<String>> finalTable(byte[] parquet) throws IOException {
    SortedMap<String, List<String>> sites = new TreeMap<>();
    for (var row : Records.table(Files.write(folder.resolve("final.parquet"), parquet))) {
      sites.put(
          row.get("Metadata_Well") + " " + row.get("Metadata_Site"),
          S3Plate.CHANNELS.stream()
              .sorted()
              .map(channel -> row.getOrDefault("FileName_Orig" + channel, ""))
              .toList());
    }
    return sites;
  }

  private static SortedMap<String, List<String>> tableOf(String root) {
    SortedMap<String, List<String>> sites = new TreeMap<>();
    for (int site = 1; site <= 2; site++) {
      int number = site;
      sites.put(
          "A01 " + site,
          S3Plate.CHANNELS.stream()
              .sorted()
              .map(channel -> root + S3Plate.png("A01", number, channel))
              .toList());
    }
    return sites;
  }
}
