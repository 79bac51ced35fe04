package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CleanJvm;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.S3Plate;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C, whatever is being done: what a terminal shows last, the exit code, and what is left. */
@Timeout(300)
final class PlateInterruptTest {

  private static final String BUCKET = "our-bucket";
  private static final String RECORDS = "out/_cytobeam/";
  private static final String ERASE = "\r\u001b[K";

  private final S3TestServer server = S3TestServer.start().bucket(BUCKET);

  @TempDir private Path folder;
  private List<String> plate = List.of();

  @BeforeEach
  void makeAPlate() throws IOException {
    S3Plate images = new S3Plate(server, BUCKET, "images").site("A01", 1);
    Path table = Files.write(folder.resolve("t.csv"), images.table(S3Plate.Layout.URL));
    plate = onServer("plate", "--job_csv_path=" + table, "--output_dir=s3://our-bucket/out");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<String> onServer(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(
        List.of(
            "--endpoint=" + server.endpoint(),
            "--awsRegion=" + S3TestServer.REGION,
            "--awsCredentialsProvider={\"@type\":\"StaticCredentialsProvider\","
                + "\"accessKeyId\":\"%s\",\"secretAccessKey\":\"%s\"}"
                    .formatted(S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY)));
    return all;
  }

  /** Makes the output, so that a next run has nothing to do but its report. */
  private void runToItsEnd() {
    CommandRun run = CommandRun.of(plate.toArray(String[]::new));
    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    server.clearLog();
  }

  private CleanJvm.Ended interrupted(List<String> arguments, String method, String prefix)
      throws Exception {
    return interrupted(arguments, method, prefix, "");
  }

  /**
   * Runs a command, which the server keeps waiting for an answer, until it has asked and shows a
   * text; then presses Ctrl-C.
   */
  private CleanJvm.Ended interrupted(
      List<String> arguments, String method, String prefix, String shown) throws Exception {
    server.holdUntilHealed(method, BUCKET, prefix);
    try (ChildCommand child =
        new ChildCommand(
            folder,
            List.of("env", "CYTOBEAM_TERMINAL=1", "TERM=xterm", "COLUMNS=120"),
            ChildCommand.QUICK,
            arguments)) {
      child.awaitWhileAlive(
          () ->
              server.requests().stream()
                  .anyMatch(r -> r.method().equals(method) && r.key().startsWith(prefix)));
      child.awaitWhileAlive(() -> child.err().contains(shown));
      assumeFalse(child.ignoresInterrupts(), "the tests were started where Ctrl-C is ignored");
      child.signal("INT");
      return new CleanJvm.Ended(child.awaitEnd(), child.out(), child.err());
    }
  }

  /** Returns the last lines that a terminal shows, and that what stands below them is empty. */
  private static String lastShown(String written) {
    List<String> lines = new ArrayList<>();
    for (String line : written.split("\n", -1)) {
      lines.add(line.substring(line.lastIndexOf('\r') + 1).replace("\u001b[K", ""));
    }
    assertThat(written, lines.remove(lines.size() - 1), is(emptyString()));
    return lines.get(lines.size() - 1);
  }

  @Test
  void theBarIsGoneAndTheMessageIsTheLast() throws Exception {
    CleanJvm.Ended ended = interrupted(plate, "GET", "images/", "0 of 5");

    assertThat(ended.err(), ended.code(), is(130));
    assertThat(ended.err(), containsString("░░  0 of 5 (0 %)"));
    assertThat(
        ended.err(),
        endsWith(
            ERASE
                + "Interrupted. What is done stays done: the same command goes on from there.\n"));
    assertThat(lastShown(ended.err()), not(containsString("░")));
    assertThat(ended.out(), is(emptyString()));
  }

  @Test
  void aDryRunHasWrittenNothing() throws Exception {
    List<String> dryRun = new ArrayList<>(plate);
    dryRun.add("--dry_run");

    CleanJvm.Ended ended = interrupted(dryRun, "HEAD", "images/");

    assertThat(ended.err(), ended.code(), is(130));
    assertThat(lastShown(ended.err()), is("Interrupted. Nothing was written."));
    assertThat(ended.err(), not(containsString("\tat ")));
    assertThat(ended.out(), is(emptyString()));
    assertThat(OutputFiles.s3(server, BUCKET, "out").files().keySet().toString(), is("[]"));
  }

  @ParameterizedTest
  @CsvSource({
    "verify, HEAD, source_4/, Interrupted before all files were checked.",
    "report, GET, _cytobeam/thumbnails/, Interrupted before the page was made.",
    "report, PUT, _cytobeam/runs/, Interrupted before the page was made."
  })
  void whatOnlyLooksLeavesTheFolderAsItWas(
      String command, String method, String prefix, String message) throws Exception {
    runToItsEnd();
    Map<String, byte[]> before = OutputFiles.s3(server, BUCKET, "out").files();

    CleanJvm.Ended ended =
        interrupted(onServer(command, "s3://our-bucket/out"), method, "out/" + prefix);

    assertThat(ended.err(), ended.code(), is(130));
    assertThat(lastShown(ended.err()), is(message));
    assertThat(ended.err(), not(containsString("\tat ")));
    assertThat(ended.out(), is(emptyString()));
    server.heal();
    Map<String, byte[]> after = OutputFiles.s3(server, BUCKET, "out").files();
    assertThat(after.keySet(), is(before.keySet()));
  }

  /** A code that says all is told needs the document that tells it. */
  @Test
  void aRunThatLacksItsReportAndItsJsonIsInterrupted() throws Exception {
    runToItsEnd();
    List<String> json = new ArrayList<>(plate);
    json.add("--json");

    CleanJvm.Ended ended = interrupted(json, "GET", RECORDS + "thumbnails/");

    assertThat(ended.err(), ended.code(), is(130));
    assertThat(ended.out(), is(emptyString()));
    assertThat(
        lastShown(ended.err()),
        is(
            "Interrupted. The run has ended, but for its report:"
                + " ./cytobeam report s3://our-bucket/out makes it."));
  }

  /** The run has ended and its tables are written: it can be told as it would have been. */
  @Test
  void aRunThatOnlyLacksItsReportEndsWithItsOwnCode() throws Exception {
    runToItsEnd();

    CleanJvm.Ended ended = interrupted(plate, "GET", RECORDS + "thumbnails/");

    assertThat(ended.err(), ended.code(), is(0));
    assertThat(
        lastShown(ended.err()),
        is(
            "Interrupted. The run has ended, but for its report:"
                + " ./cytobeam report s3://our-bucket/out makes it."));
    assertThat(
        ended.out(),
        allOf(
            containsString("5 items: 0 done, 5 already done, 0 failed\n"),
            not(containsString("Report:"))));
    server.heal();
    CommandRun report =
        CommandRun.of(onServer("report", "s3://our-bucket/out").toArray(String[]::new));
    assertThat(report.err(), report.code(), is(ExitCode.DONE));
  }
}
