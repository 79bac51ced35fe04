package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.AwsProperties;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.Pixels;
import org.cytobeam.testing.plate.S3Plate;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that holds a finished folder against its manifest. */
final class PlateVerifyTest {

  private static final String STEM = "source_0/Batch1/P1/source_0__P1__A01__";
  private static final String TABLE = "load_data/final/source_0__Batch1__P1.parquet";

  @TempDir private Path folder;

  private Path out() {
    return folder.resolve("out");
  }

  private static String png(int site) {
    return STEM + site + "__DNA.png";
  }

  /** Makes so many images of one channel. */
  private void plate(int sites, String... more) throws IOException {
    Path images = TinyImages.write(folder.resolve("images"), sites);
    LoadData table = LoadData.ofChannels("DNA");
    for (int site = 0; site < sites; site++) {
      table.site("A01", Integer.toString(site), images.resolve(site + ".tif").toUri().toString());
    }
    List<String> words = new ArrayList<>(List.of("--channels=DNA"));
    words.addAll(List.of(more));
    CommandRun run =
        CommandRun.plate(table.write(folder.resolve("t.csv")), out(), words.toArray(String[]::new));
    assertThat(run.err(), run.code(), is(ExitCode.DONE));
  }

  private CommandRun verify(String... more) {
    List<String> words = new ArrayList<>(List.of("verify", out().toString()));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray(String[]::new));
  }

  private JsonNode json(CommandRun run) throws IOException {
    assertThat(run.out().lines().count(), is(1L));
    return new ObjectMapper().readTree(run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "report"})
  void accessThatCanNotBeHadIsAMistake(String command) {
    CommandRun run =
        CommandRun.of(
            command,
            "s3://our-bucket/out",
            "--endpoint=http://me:hunter2@localhost:1",
            "--s3_held_credentials=x",
            "--aws_credentials_provider={\"@type\":\"SystemPropertyCredentialsProvider\"}");

    assertThat(run.err(), run.code(), is(ExitCode.USAGE));
    assertThat(run.err(), containsString("--endpoint: has a user or a password"));
    assertThat(run.err(), containsString("--s3_held_credentials: is set by the command itself"));
    assertThat(
        run.err(),
        containsString(
            "--aws_credentials_provider: SystemPropertyCredentialsProvider can't be used"));
    assertThat(run.err(), not(containsString("hunter2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "report"})
  void aPasswordOfAProxyIsAMistakeAndNotRepeated(String command) {
    CommandRun run =
        CommandRun.of(
            command,
            "s3://our-bucket/out",
            "--proxy_configuration={\"endpoint\":\"http://localhost:1\",\"username\":\"me\","
                + "\"password\":\"hunter2\"}");

    assertThat(run.err(), run.code(), is(ExitCode.USAGE));
    assertThat(run.err(), containsString("--proxy_configuration: has a password"));
    assertThat(run.err(), not(containsString("hunter2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "report"})
  void aBucketThatIsNotThereIsAMistake(String command) {
    try (AwsProperties credentials = AwsProperties.set("ours", "secret");
        S3TestServer server = S3TestServer.start().bucket("our-bucket")) {
      CommandRun run =
          CommandRun.of(command, "s3://no-such-bucket/out", "--endpoint=" + server.endpoint());

      assertThat(run.code(), is(ExitCode.USAGE));
      assertThat(
          run.err(),
          containsString(
              "\n  --output_dir: there is no bucket no-such-bucket;"
                  + " give the folder that a job has written into\n"));
    }
  }

  @Test
  void aFolderAsItWasWrittenIsProvenAndLeftAsItIs() throws Exception {
    plate(3, "--no_remove_tmp");
    OutputFiles before = OutputFiles.local(out());

    CommandRun bySize = verify();
    CommandRun byHash = verify("--check=sha256");

    assertThat(bySize.err(), bySize.code(), is(ExitCode.DONE));
    String files = "7 files, %.1f MB, checked by ";
    double megabytes = bytesOf(before) / 1e6;
    assertThat(
        bySize.out(),
        is(
            "3 items: 3 done, 0 failed\n"
                + String.format(Locale.ROOT, files, megabytes)
                + "size: all as they were written\n"));
    assertThat(byHash.code(), is(ExitCode.DONE));
    assertThat(byHash.out(), containsString("checked by sha256: all as they were written\n"));
    assertThat(OutputFiles.local(out()).files().keySet(), is(before.files().keySet()));
  }

  private static long bytesOf(OutputFiles output) {
    return output.files().entrySet().stream()
        .filter(file -> !file.getKey().startsWith("_cytobeam/"))
        .mapToLong(file -> file.getValue().length)
        .sum();
  }

  @Test
  void eachFileThatIsNotAsItWasIsNamed() throws Exception {
    plate(4);
    Files.delete(out().resolve(png(0)));
    byte[] cut = Files.readAllBytes(out().resolve(png(1)));
    Files.write(out().resolve(png(1)), java.util.Arrays.copyOf(cut, cut.length - 1));
    byte[] flipped = Files.readAllBytes(out().resolve(png(2)));
    flipped[flipped.length / 2] ^= 1;
    Files.write(out().resolve(png(2)), flipped);
    Files.writeString(out().resolve("notes.txt"), "mine");

    CommandRun bySize = verify();
    JsonNode byHash = json(verify("--check=sha256", "--json")).path("verification");

    assertThat(bySize.code(), is(ExitCode.INCOMPLETE));
    assertThat(
        bySize.out().lines().skip(2).toList(),
        is(
            List.of(
                "missing:",
                "  " + png(0),
                "changed:",
                "  "
                    + png(1)
                    + ": "
                    + cut.length
                    + " bytes expected, "
                    + (cut.length - 1)
                    + " found",
                "warning, 1 files that no row knows:",
                "  notes.txt")));
    assertThat(byHash.path("proven").asBoolean(), is(false));
    assertThat(byHash.path("missing").findValuesAsText("path"), is(List.of(png(0))));
    assertThat(byHash.path("changed").findValuesAsText("path"), is(List.of(png(1), png(2))));
    assertThat(
        byHash.path("changed").get(1).path("found").path("sha256").asText(),
        is(Pixels.sha256Of(flipped)));
    assertThat(
        byHash.path("changed").get(1).path("expected").path("sha256").asText(),
        is(Records.manifestRow(out(), png(2)).path("files").get(0).path("sha256").asText()));
    assertThat(byHash.path("unknown").findValuesAsText("path"), is(List.of("notes.txt")));
  }

  @Test
  void filesOfOthersAreAWarningAlone() throws Exception {
    plate(1);
    Files.writeString(out().resolve("notes.txt"), "mine");

    assertThat(verify().code(), is(ExitCode.DONE));
  }

  @Test
  void theTablesOfTheJobAreCheckedToo() throws Exception {
    plate(1);
    Files.write(out().resolve(TABLE), new byte[] {1});

    CommandRun run = verify();

    assertThat(run.code(), is(ExitCode.INCOMPLETE));
    assertThat(run.out(), containsString("changed:\n  " + TABLE + ": "));
  }

  @Test
  void tablesThatLieElsewhereAreNoneOfTheFolder() throws Exception {
    plate(1, "--load_data_out_dir=" + folder.resolve("tables"));

    CommandRun run = verify("--json");

    assertThat(run.code(), is(ExitCode.DONE));
    assertThat(json(run).path("verification").path("files").asInt(), is(1));
  }

  @Test
  void onlyTheFirstOfManyAreShownToPeople() throws Exception {
    plate(25);
    for (int site = 0; site < 25; site++) {
      Files.delete(out().resolve(png(site)));
    }

    CommandRun people = verify();
    CommandRun script = verify("--json");

    assertThat(people.out().lines().filter(line -> line.startsWith("  source_0")).count(), is(20L));
    assertThat(people.out(), containsString("\n  and 5 more; --json lists all\n"));
    assertThat(json(script).path("verification").path("missing").size(), is(25));
    assertThat(json(script).path("exit_code").asInt(), is(3));
    assertThat(script.err(), startsWith("25 items: 25 done, 0 failed\n"));
  }

  @Test
  void failedItemsAreNoProofOfAllButNoFaultOfTheFiles() {
    CommandRun.plate(
        Path.of("..", "..", "testdata", "plate", "damaged.csv"), out(), "--max_workers=4");

    CommandRun run = verify();

    assertThat(run.code(), is(ExitCode.INCOMPLETE));
    assertThat(run.out(), startsWith("11 items: 6 done, 5 failed\n  failed, bad_row: 1\n"));
    assertThat(run.out(), containsString(": all as they were written\n"));
  }

  @Test
  void aFolderWithoutAManifestIsAMistake() throws Exception {
    CommandRun none = verify("--json");

    assertThat(none.code(), is(ExitCode.USAGE));
    assertThat(
        json(none).path("mistakes").get(0).path("problem").asText(),
        is("there is no " + out().resolve("_cytobeam/manifest.parquet")));
    assertThat(json(none).path("error").asText(), is("one mistake, and nothing was started"));
    assertThat(Files.exists(out()), is(false));
  }

  @Test
  void aDamagedManifestIsNamed() throws Exception {
    plate(1);
    Path manifest = out().resolve("_cytobeam/manifest.parquet");
    byte[] bytes = Files.readAllBytes(manifest);
    Files.write(manifest, java.util.Arrays.copyOf(bytes, bytes.length - 9));

    CommandRun run = verify();

    assertThat(run.code(), is(ExitCode.USAGE));
    assertThat(run.out(), is(emptyString()));
    assertThat(run.err(), containsString(manifest.toString()));
  }

  @Test
  void whatAKilledRunHasLeftIsNotProven() throws Exception {
    plate(1);
    Path journal = Files.createDirectories(out().resolve("_cytobeam/journal"));
    Files.writeString(journal.resolve("20260101T000000Z-00000001-0123456789abcdef.jsonl"), "");

    CommandRun run = verify();

    assertThat(run.code(), is(ExitCode.INCOMPLETE));
    assertThat(
        run.out(), containsString("A run has not ended here: run its command again, then verify."));
  }

  @Test
  void aBucketIsCheckedAsAFolderIs() throws Exception {
    try (AwsProperties credentials = AwsProperties.set("ours", "secret");
        S3TestServer server = S3TestServer.start().bucket("our-bucket")) {
      S3Plate plate = new S3Plate(server, "our-bucket", "images").site("A01", 1);
      Path table = Files.write(folder.resolve("t.csv"), plate.table(S3Plate.Layout.URL));
      String endpoint = "--endpoint=" + server.endpoint();
      CommandRun made =
          CommandRun.of(
              "plate", "--job_csv_path=" + table, "--output_dir=s3://our-bucket/out", endpoint);
      assertThat(made.err(), made.code(), is(ExitCode.DONE));
      String dna = S3Plate.png("A01", 1, "DNA");
      String er = S3Plate.png("A01", 1, "ER");

      CommandRun whole = CommandRun.of("verify", "s3://our-bucket/out", endpoint);
      byte[] other = server.get("our-bucket", "out/" + er).orElseThrow();
      other[other.length - 1] ^= 1;
      server.put("our-bucket", "out/" + er, other);
      server.delete("our-bucket", "out/" + dna);
      CommandRun broken =
          CommandRun.of("verify", "s3://our-bucket/out", endpoint, "--check=sha256", "--json");

      assertThat(whole.err(), whole.code(), is(ExitCode.DONE));
      JsonNode found = json(broken).path("verification");
      assertThat(found.path("missing").findValuesAsText("path"), is(List.of(dna)));
      assertThat(found.path("changed").findValuesAsText("path"), is(List.of(er)));
    }
  }
}
