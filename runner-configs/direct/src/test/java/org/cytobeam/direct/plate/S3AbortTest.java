package org.cytobeam.direct.plate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.AwsProperties;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.S3Plate;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stops a whole run, before it or in the middle, and how the same command goes on. */
@Timeout(180)
final class S3AbortTest {

  private static final String BUCKET = "our-bucket";

  private final S3TestServer server = S3TestServer.start().bucket(BUCKET, Access.SIGNED);
  private final AwsProperties credentials =
      AwsProperties.set(S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY);

  @TempDir Path folder;

  @AfterEach
  void stop() {
    credentials.close();
    server.close();
  }

  @Test
  void expiredCredentialsEndTheRunAndRenewedOnesFinishIt() throws Exception {
    S3Plate plate = new S3Plate(server, BUCKET, "images").site("A01", 1).site("A02", 1);
    server.put(BUCKET, "t.csv", plate.table(S3Plate.Layout.URL));
    assertThat(run("s3://our-bucket/t.csv", out(), "--wells=A01").code(), is(ExitCode.DONE));
    server.always(BUCKET, plate.key("A02", 1, "ER"), Fault.error(400, "ExpiredToken"));

    CommandRun expired = run("s3://our-bucket/t.csv", out());

    assertThat(expired.code(), is(ExitCode.FAILED));
    assertThat(expired.err(), containsString("the AWS credentials have expired"));
    assertThat(expired.err(), containsString("Renew the credentials and run the same command"));
    assertThat(expired.err(), not(containsString("\tat ")));
    assertThat(output().failures().keySet(), empty());
    assertThat(journalLines(output()), not(containsString("\"failed\"")));

    server.heal();
    CommandRun renewed = run("s3://our-bucket/t.csv", out());

    assertThat(renewed.err(), renewed.code(), is(ExitCode.DONE));
    assertThat(output().pixels(), is(plate.pixels()));
    assertThat(journalLines(output()), is(""));
  }

  @Test
  void whatWasDoneBeforeAnAbortIsKnownThoughTheJournalIsInABucket() throws Exception {
    S3Plate plate = plateOfTwelveSites();
    Path table = Files.write(folder.resolve("t.csv"), plate.table(S3Plate.Layout.URL));
    server.always(BUCKET, plate.key("A01", 12, "RNA"), Fault.error(400, "ExpiredToken"));

    CommandRun expired = run(table.toString(), "s3://our-bucket/out", "--max_workers=1");

    assertThat(expired.code(), is(ExitCode.FAILED));
    OutputFiles aborted = OutputFiles.s3(server, BUCKET, "out");
    long known = journalLines(aborted).lines().count();
    assertThat("rows are handed out at a pace, and the last one failed", known, greaterThan(0L));
    assertThat(aborted.runFiles(), hasItems("logs/run-000001.log", "run.json"));
    server.heal();

    CommandRun renewed = run(table.toString(), "s3://our-bucket/out");

    assertThat(renewed.err(), renewed.code(), is(ExitCode.DONE));
    assertThat(
        renewed.out(),
        containsString(
            "60 items: %d done, %d already done, 0 failed".formatted(60 - known, known)));
    assertThat(journalLines(OutputFiles.s3(server, BUCKET, "out")), is(""));
    assertThat(OutputFiles.s3(server, BUCKET, "out").pixels(), is(plate.pixels()));
  }

  @Test
  void aTableThatCannotBeReadIsAMistakeAndNothingIsStarted() throws Exception {
    server.bucket("locked", Access.UNSIGNED);
    server.put("locked", "t.csv", "x".getBytes(UTF_8));
    CommandRun missing = run("s3://our-bucket/no.csv", out());
    CommandRun noBucket = run("s3://no-bucket/t.csv", out());
    CommandRun denied = run("s3://locked/t.csv", out());
    URI endpoint = server.endpoint();
    server.close();
    CommandRun down = runAt(endpoint, "s3://our-bucket/t.csv", out());

    assertMistake(missing, "s3://our-bucket/no.csv: there is no such file");
    assertMistake(noBucket, "s3://no-bucket/t.csv: there is no such file");
    assertMistake(denied, "s3://locked/t.csv: ", "403");
    assertMistake(down, "s3://our-bucket/t.csv: ", "refused");
    assertThat(Files.exists(Path.of(out())), is(false));
  }

  private static URI nobody() {
    try (S3TestServer gone = S3TestServer.start()) {
      return gone.endpoint();
    }
  }

  /** A label of 64 letters fits into no query (RFC 1035 §2.3.4): no name server is asked. */
  static List<URI> unreachable() {
    return List.of(nobody(), URI.create("http://" + "x".repeat(64) + ".invalid"));
  }

  @ParameterizedTest
  @MethodSource("unreachable")
  void aServerThatIsNotThereEndsTheRunSoonAndTheSameCommandGoesOnLater(URI endpoint)
      throws Exception {
    S3Plate plate = plateOfTwelveSites();
    Path table = Files.write(folder.resolve("t.csv"), plate.table(S3Plate.Layout.PATH_AND_FILE));

    CommandRun down = runAt(endpoint, table.toString(), out());

    assertThat(down.code(), is(ExitCode.FAILED));
    assertThat(down.err(), containsString("50 requests in a row failed"));
    assertThat(down.err(), containsString("the server can't be reached"));

    CommandRun up = run(table.toString(), out());

    assertThat(up.err(), up.code(), is(ExitCode.DONE));
    assertThat(up.out(), containsString("60 items: 60 done, 0 already done, 0 failed"));
    assertThat(output().pixels(), is(plate.pixels()));
    assertThat(output().failures().keySet(), empty());
  }

  @ParameterizedTest
  @MethodSource("unreachable")
  void eachOfAFewImagesOnAServerThatIsNotThereIsOneFailureAfterAllItsTries(URI endpoint)
      throws Exception {
    S3Plate plate = new S3Plate(server, BUCKET, "images").site("A01", 1).site("A02", 1);
    Path table = Files.write(folder.resolve("t.csv"), plate.table(S3Plate.Layout.PATH_AND_FILE));

    CommandRun down = runAt(endpoint, table.toString(), out());

    assertThat(down.err(), down.code(), is(ExitCode.INCOMPLETE));
    assertThat(down.out(), containsString("10 items: 0 done, 0 already done, 10 failed"));
    Map<String, String> unreachable = new TreeMap<>();
    plate.pixels().keySet().forEach(png -> unreachable.put(png, "unreachable"));
    assertThat(output().failures(), is(unreachable));
    List<String> rows = output().text("_cytobeam/failures.jsonl").lines().toList();
    assertThat(rows, hasSize(10));
    assertThat(rows, everyItem(containsString("\"attempts\":2")));
  }

  private S3Plate plateOfTwelveSites() {
    S3Plate plate = new S3Plate(server, BUCKET, "images");
    for (int site = 1; site <= 12; site++) {
      plate.site("A01", site);
    }
    return plate;
  }

  private static void assertMistake(CommandRun command, String... parts) {
    assertThat(command.err(), command.code(), is(ExitCode.USAGE));
    assertThat(command.err(), containsString("one mistake, and nothing was started"));
    assertThat(command.err(), not(containsString("\tat ")));
    assertThat(command.err().lines().count(), is(3L));
    for (String part : parts) {
      assertThat(command.err(), containsString(part));
    }
  }

  private CommandRun run(String table, String output, String... more) {
    return runAt(server.endpoint(), table, output, more);
  }

  private static CommandRun runAt(URI endpoint, String table, String output, String... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "plate",
                    "--job_csv_path=" + table,
                    "--output_dir=" + output,
                    "--endpoint=" + endpoint,
                    "--s3_max_attempts=2",
                    "--s3_retry_delay_seconds=0.01"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private String out() {
    return folder.resolve("out").toString();
  }

  private OutputFiles output() throws IOException {
    return OutputFiles.local(Path.of(out()));
  }

  private static String journalLines(OutputFiles output) {
    StringBuilder lines = new StringBuilder();
    for (String path : output.files().keySet()) {
      if (path.startsWith("_cytobeam/journal/")) {
        lines.append(output.text(path));
      }
    }
    return lines.toString();
  }
}
