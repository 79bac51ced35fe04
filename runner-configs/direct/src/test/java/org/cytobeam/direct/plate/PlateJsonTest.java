package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts get of a run. */
final class PlateJsonTest {

  private static final Path TABLE = Path.of("..", "..", "testdata", "plate", "damaged.csv");

  @TempDir private Path folder;

  private static JsonNode json(CommandRun run) throws IOException {
    assertThat(run.out(), run.out().lines().count(), is(1L));
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void aRunIsOneDocument() throws Exception {
    Path out = folder.resolve("out");

    CommandRun run = CommandRun.plate(TABLE, out, "--json", "--wells=A01");

    assertThat(run.code(), is(ExitCode.INCOMPLETE));
    JsonNode json = json(run);
    assertThat(json.path("command").asText(), is("plate"));
    assertThat(json.path("exit_code").asInt(), is(3));
    assertThat(json.path("runs").size(), is(1));
    JsonNode result = json.path("runs").get(0);
    List<String> names = new ArrayList<>();
    result.fieldNames().forEachRemaining(names::add);
    assertThat(
        names,
        is(
            List.of(
                "run",
                "exit_code",
                "output",
                "manifest",
                "record",
                "failures",
                "report",
                "summary")));
    assertThat(result.path("output").asText(), is(out.toString()));
    assertThat(Files.exists(Path.of(result.path("manifest").asText())), is(true));
    assertThat(Files.exists(Path.of(result.path("failures").asText())), is(true));
    JsonNode record = new ObjectMapper().readTree(Path.of(result.path("record").asText()).toFile());
    assertThat(result.path("summary"), is(record.path("summary")));
    assertThat(run.err(), containsString("11 items: 6 done, 0 already done, 5 failed\n"));
  }

  @Test
  void mistakesAreOneToo() throws Exception {
    CommandRun run =
        CommandRun.plate(TABLE, folder.resolve("out"), "--json", "--percentile=99", "--wels=A01");

    assertThat(run.code(), is(ExitCode.USAGE));
    assertThat(
        json(run).path("mistakes").findValuesAsText("subject"),
        is(List.of("--percentile", "--wels")));
    assertThat(run.err(), startsWith("cytobeam plate: 2 mistakes, and nothing was started:\n"));
  }

  @Test
  void aRunThatFailedSaysWhy() throws Exception {
    CommandRun run =
        CommandRun.of(
            "plate",
            "--json",
            "--job_csv_path=" + TABLE,
            "--output_dir=s3://our-bucket/out",
            "--endpoint=http://localhost:1",
            "--s3_max_attempts=1");

    assertThat(run.code(), is(ExitCode.FAILED));
    assertThat(json(run).path("exit_code").asInt(), is(1));
    assertThat(run.err(), containsString(json(run).path("error").asText()));
  }
}
