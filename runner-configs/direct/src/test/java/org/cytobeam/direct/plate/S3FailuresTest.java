package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cytobeam.pipelines.cli.ExitCode;
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

/**
 * What becomes of a plate when single objects can't be had: each has its class, all else is done.
 */
@Timeout(120)
final class S3FailuresTest {

  private static final String WELL = "A01";

  private final S3TestServer server = S3TestServer.start().bucket("cellpainting-gallery");
  private final S3Plate plate = S3Plate.inGallery(server, 4);
  private final SortedMap<String, String> failures = new TreeMap<>();
  private final SortedMap<String, Integer> attempts = new TreeMap<>();

  @TempDir Path out;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void eachFaultHasItsClassAndAllElseIsDone() throws Exception {
    gone(1, "DNA", "missing");
    server.delete(plate.bucket(), plate.key(WELL, 1, "DNA"));
    byte[] image = plate.image(WELL, 1, "AGP");
    replaced(1, "AGP", Arrays.copyOf(image, image.length - 100), "truncated");
    replaced(1, "ER", new byte[image.length], "zero_filled");
    replaced(1, "Mito", new byte[0], "truncated");
    always(2, "DNA", Fault.error(403, "AccessDenied"), "denied", 1);
    String page = "<!DOCTYPE html><html><body>Please log in</body></html>";
    always(2, "AGP", Fault.body(200, "text/html", page), "not_an_image", 1);
    always(2, "ER", Fault.contentLength(2L << 30), "too_large", 1);
    always(2, "Mito", Fault.closeAfter(200), "truncated", 3);
    always(2, "RNA", Fault.status(503), "throttled", 3);
    always(3, "DNA", Fault.flipBit(100), "checksum", 3);
    always(3, "AGP", Fault.status(500), "source_error", 3);
    always(3, "ER", Fault.loseReply(), "unreachable", 3);
    always(3, "Mito", Fault.resetAfter(300), "truncated", 3);

    CommandRun command = run("--s3_max_attempts", "3");

    assertThat(command.err(), command.code(), is(ExitCode.INCOMPLETE));
    assertThat(command.out(), containsString("20 items: 7 done, 0 already done, 13 failed"));
    OutputFiles output = OutputFiles.local(out);
    assertThat(output.failures(), is(failures));
    assertThat(attempts(output), is(attempts));
    SortedMap<String, String> rest = plate.pixels();
    rest.keySet().removeAll(failures.keySet());
    assertThat(output.pixels(), is(rest));
  }

  @Test
  void whatPassesIsTriedAgainAndTheManifestSaysHowOften() throws Exception {
    once(1, "DNA", 3, Fault.status(503), Fault.status(503).retryAfter("0"));
    once(1, "AGP", 2, Fault.closeAfter(200));
    once(1, "ER", 2, Fault.resetAfter(300));
    once(1, "Mito", 2, Fault.flipBit(100));
    once(1, "RNA", 2, Fault.loseReply());
    once(2, "DNA", 4, Fault.status(500), Fault.closeAfter(0), Fault.status(502));

    CommandRun command = run("--s3_max_attempts", "5");

    assertThat(command.err(), command.code(), is(ExitCode.DONE));
    OutputFiles output = OutputFiles.local(out);
    assertThat(output.pixels(), is(plate.pixels()));
    assertThat(attempts(output), is(attempts));
  }

  @Test
  void aSilentServerIsATimeout() throws Exception {
    server.always(plate.bucket(), plate.key(WELL, 1, "DNA"), Fault.stall(100));

    CommandRun command =
        run(
            "--channels=DNA",
            "--sites=1",
            "--s3_max_attempts=2",
            "--s3_attempt_timeout_seconds=0.5");

    assertThat(command.err(), command.code(), is(ExitCode.INCOMPLETE));
    assertThat(
        OutputFiles.local(out).failures(), is(Map.of(S3Plate.png(WELL, 1, "DNA"), "timeout")));
    assertThat(server.count("GET", plate.bucket(), plate.key(WELL, 1, "DNA")), is(2));
  }

  @Test
  void aBucketThatRefusesIsDeniedForEachOfItsImages() throws Exception {
    server.bucket("locked", Access.SIGNED);
    S3Plate locked = new S3Plate(server, "locked", "images").site(WELL, 1);
    server.put(plate.bucket(), "locked.csv", locked.table(S3Plate.Layout.URL));

    CommandRun command =
        CommandRun.of(
            "plate",
            "--job_csv_path=s3://cellpainting-gallery/locked.csv",
            "--output_dir=" + out,
            "--s3_public_buckets=locked",
            "--endpoint=" + server.endpoint());

    assertThat(command.err(), command.code(), is(ExitCode.INCOMPLETE));
    assertThat(command.out(), containsString("failed, denied: 5"));
    assertThat(OutputFiles.local(out).failures().keySet(), is(locked.pixels().keySet()));
  }

  @Test
  void aRerunTriesOnlyWhatFailedAndMayPassOrHasBeenMended() throws Exception {
    always(2, "RNA", Fault.status(503), "throttled", 2);
    server.delete(plate.bucket(), plate.key(WELL, 1, "DNA"));
    run("--s3_max_attempts=2");
    server.heal();
    server.clearLog();

    CommandRun again = run("--s3_max_attempts=2");

    assertThat(again.code(), is(ExitCode.INCOMPLETE));
    assertThat(again.out(), containsString("20 items: 1 done, 18 already done, 1 failed"));
    assertThat(
        server.requests().stream()
            .map(r -> r.key())
            .filter(k -> k.endsWith(".tiff"))
            .toList()
            .size(),
        is(2));
    assertThat(
        OutputFiles.local(out).failures(), is(Map.of(S3Plate.png(WELL, 1, "DNA"), "missing")));
  }

  private CommandRun run(String... more) {
    server.put(plate.bucket(), "t.csv", plate.table(S3Plate.Layout.PATH_AND_FILE));
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "plate",
                    "--job_csv_path=s3://cellpainting-gallery/t.csv",
                    "--output_dir=" + out,
                    "--endpoint=" + server.endpoint(),
                    "--s3_retry_delay_seconds=0.01"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private void gone(int site, String channel, String failureClass) {
    failures.put(S3Plate.png(WELL, site, channel), failureClass);
  }

  private void replaced(int site, String channel, byte[] bytes, String failureClass) {
    server.put(plate.bucket(), plate.key(WELL, site, channel), bytes);
    gone(site, channel, failureClass);
  }

  private void always(int site, String channel, Fault fault, String failureClass, int tries) {
    server.always(plate.bucket(), plate.key(WELL, site, channel), fault);
    attempts.put(S3Plate.png(WELL, site, channel), tries);
    gone(site, channel, failureClass);
  }

  private void once(int site, String channel, int tries, Fault... faults) {
    server.script(plate.bucket(), plate.key(WELL, site, channel), faults);
    attempts.put(S3Plate.png(WELL, site, channel), tries);
  }

  /** Returns the attempts that the manifest has for the items that a test expects some for. */
  private SortedMap<String, Integer> attempts(OutputFiles output) throws Exception {
    SortedMap<String, Integer> found = new TreeMap<>();
    output
        .manifest()
        .forEach(
            (id, row) -> {
              if (attempts.containsKey(id)) {
                found.put(id, row.get("attempts").asInt());
              }
            });
    return found;
  }
}
