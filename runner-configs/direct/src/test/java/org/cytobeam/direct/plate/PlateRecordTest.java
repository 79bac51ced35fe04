package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.record.RunRecord;
import org.cytobeam.pipelines.record.RunRecords;
import org.cytobeam.testing.plate.AwsProperties;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.Pixels;
import org.cytobeam.testing.plate.S3Plate;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The record that a run leaves of itself. */
final class PlateRecordTest {

  private static final Path PLATE = Path.of("..", "..", "testdata", "plate");

  /** What differs from run to run and from machine to machine. */
  private static final Set<String> CHANGING =
      Set.of(
          "run",
          "started",
          "ended",
          "seconds",
          "working_directory",
          "name",
          "os",
          "arch",
          "cores",
          "memory_bytes",
          "heap_bytes",
          "cytobeam",
          "commit",
          "java",
          "java_vendor",
          "items_per_second",
          "bytes_fetched_per_second",
          "bytes_written_per_second",
          "mean_ms",
          "p50_ms",
          "p90_ms",
          "p99_ms",
          "max_ms");

  @TempDir private Path folder;

  private CommandRun damagedPlate(String... more) {
    List<String> words = new ArrayList<>(List.of("--max_workers=4", "--percentile=0.5"));
    words.addAll(List.of(more));
    return CommandRun.plate(
        PLATE.resolve("damaged.csv"), folder.resolve("out"), words.toArray(String[]::new));
  }

  private RunRecord latest() throws IOException {
    try (Destination out = out()) {
      return RunRecords.latest(out).orElseThrow();
    }
  }

  private Destination out() {
    return Destinations.open(
        new DestinationSettings(
            folder.resolve("out").toString(), RunId.startingAt(Instant.now()), Durability.RUN));
  }

  @Test
  void allOfItIsAsItIsWrittenDown() throws Exception {
    assertThat(damagedPlate().code(), is(ExitCode.INCOMPLETE));

    String json =
        new ObjectMapper()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(lasting((ObjectNode) latest().json()))
            .replace(PLATE.toAbsolutePath().normalize().toString(), "PLATE")
            .replace(PLATE.toString(), "PLATE")
            .replace(folder.toAbsolutePath().toString(), "FOLDER");

    assertThat(json, is(Files.readString(golden()).strip()));
  }

  private static Path golden() {
    return Path.of("src", "test", "resources", "org", "cytobeam", "direct", "plate", "run.json");
  }

  /** What changes is there, and says something, and is left out of the comparison. */
  private static ObjectNode lasting(ObjectNode json) {
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      JsonNode value = json.get(name);
      if (CHANGING.contains(name)) {
        assertThat(name, value.asText(), is(not("")));
        json.set(name, TextNode.valueOf("..."));
      } else if (value instanceof ObjectNode object) {
        lasting(object);
      }
    }
    return json;
  }

  @Test
  void theCommandLineInItDoesTheSameAgain() throws Exception {
    damagedPlate("--wells", "A01,B 02", "--no_remove_tmp");
    String line = latest().json().path("command_line").asText();
    OutputFiles first = OutputFiles.local(folder.resolve("out"));
    Path again = folder.resolve("again");
    String other = line.replace(folder.resolve("out").toString(), again.toString());

    Process shell =
        new ProcessBuilder(
                "sh", "-c", "set -- " + other + "; shift; for w; do printf '%s\\n' \"$w\"; done")
            .start();
    List<String> words = shell.inputReader().lines().toList();

    assertThat(CommandRun.of(words.toArray(String[]::new)).code(), is(ExitCode.INCOMPLETE));
    assertThat(OutputFiles.local(again).pixels(), is(first.pixels()));
    assertThat(words.contains("--wells=A01,B 02"), is(true));
    assertThat(words.contains("--no_remove_tmp"), is(true));
  }

  @Test
  void aTableInABucketHasItsMarkThere() throws Exception {
    try (AwsProperties credentials = AwsProperties.set("ours", "secret");
        S3TestServer server = S3TestServer.start().bucket("our-bucket")) {
      S3Plate plate = new S3Plate(server, "our-bucket", "images").site("A01", 1);
      byte[] table = plate.table(S3Plate.Layout.URL);
      server.put("our-bucket", "t.csv", table, "the-mark-of-it");

      CommandRun run =
          CommandRun.of(
              "plate",
              "--job_csv_path=s3://our-bucket/t.csv",
              "--output_dir=" + folder.resolve("out"),
              "--endpoint=" + server.endpoint());

      assertThat(run.err(), run.code(), is(ExitCode.DONE));
      JsonNode input = latest().json().path("inputs").get(0);
      assertThat(input.path("address").asText(), is("s3://our-bucket/t.csv"));
      assertThat(input.path("bytes").asInt(), is(table.length));
      assertThat(input.path("sha256").asText(), is(Pixels.sha256Of(table)));
      assertThat(input.path("etag").asText(), is("the-mark-of-it"));
    }
  }

  @Test
  void eachRunHasOne() throws Exception {
    damagedPlate();
    damagedPlate();

    try (Destination out = out()) {
      List<RunId> runs = RunRecords.list(out);
      RunRecord first = RunRecords.read(out, runs.get(0));
      RunRecord second = RunRecords.read(out, runs.get(1));
      assertThat(runs.size(), is(2));
      assertThat(List.of(first.run(), second.run()), is(runs));
      assertThat(second.exitCode(), is(OptionalInt.of(3)));
      assertThat(second.started().compareTo(first.started()), is(greaterThan(0)));
      assertThat(
          List.of(
              second.summary().orElseThrow().getDone(),
              second.summary().orElseThrow().getAlreadyDone()),
          contains(0L, 6L));
    }
  }
}
