package org.cytobeam.testing.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.RecordedRequest;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code plate} does on every runner alike. Each runner's module has a class that extends
 * this; what comes out is compared with one {@link Golden} of all, since each runner has a class
 * path of its own.
 *
 * <p>The plate has 60 images of three wells. One is missing, one answer is a 503, one breaks off.
 */
@Timeout(240)
public abstract class PlateContract {

  private static final String GALLERY = "cellpainting-gallery";
  private static final String OWN = "our-bucket";
  private static final String GIVEN_SECRET = "canary-secret-that-was-given";
  private static final String TABLE = "tables/plate.csv";
  private static final List<String> WELLS = List.of("A01", "B02", "P24");
  private static final int SITES = 4;
  private static final String MISSING = S3Plate.png("B02", 2, "ER");

  @TempDir private Path folder;
  private final S3TestServer server =
      S3TestServer.start().bucket(GALLERY, Access.UNSIGNED).bucket(OWN, Access.SIGNED);
  private final AwsProperties credentials =
      AwsProperties.set(S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY);
  private final S3Plate plate = new S3Plate(server, GALLERY, "images");

  /** Returns the options that choose the runner. */
  protected abstract List<String> runnerOptions();

  @BeforeEach
  final void putPlate() {
    for (String well : WELLS) {
      for (int site = 1; site <= SITES; site++) {
        plate.site(well, site);
      }
    }
    server.put(GALLERY, TABLE, plate.table(S3Plate.Layout.URL));
    server.always(GALLERY, plate.key("B02", 2, "ER"), Fault.error(404, "NoSuchKey"));
  }

  @AfterEach
  final void stop() {
    credentials.close();
    server.close();
  }

  @Test
  void theTreeAndTheRowsAreTheSameOnEveryRunner() throws IOException {
    server.script(GALLERY, plate.key("A01", 1, "DNA"), Fault.status(503));
    server.script(GALLERY, plate.key("P24", 4, "RNA"), Fault.closeAfter(200));

    CommandRun run = run(folder.resolve("out").toString());

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(run.out(), containsString("60 items: 59 done, 0 already done, 1 failed"));
    OutputFiles output = OutputFiles.local(folder.resolve("out"));
    Golden.check(output);
    SortedMap<String, String> expected = plate.pixels();
    expected.remove(MISSING);
    assertThat(output.pixels(), is(expected));
    assertThat(output.failures(), is(Map.of(MISSING, "missing")));
    assertThat(output.files().keySet().stream().filter(p -> p.endsWith(".tmp")).toList(), empty());
    Map<String, Integer> repeated = requestsOfMoreThanOne();
    assertThat(repeated, is(Map.of(plate.key("A01", 1, "DNA"), 2, plate.key("P24", 4, "RNA"), 2)));
  }

  @Test
  void theSameCommandFetchesOnlyWhatIsMissing() throws IOException {
    CommandRun first = run("s3://" + OWN + "/out");
    assertThat(first.err(), first.code(), is(ExitCode.INCOMPLETE));
    server.heal();
    server.clearLog();

    CommandRun second = run("s3://" + OWN + "/out");

    assertThat(second.err(), second.code(), is(ExitCode.DONE));
    assertThat(second.out(), containsString("60 items: 1 done, 59 already done, 0 failed"));
    assertThat(OutputFiles.s3(server, OWN, "out").pixels(), is(plate.pixels()));
    assertThat(imageRequests(), is(Map.of(plate.key("B02", 2, "ER"), 1)));
  }

  @Test
  void anAbortTellsItsReasonAndLeavesWhatIsPendingPending() throws IOException {
    for (String key : plate.keys()) {
      server.always(GALLERY, key, Fault.error(403, "ExpiredToken"));
    }

    CommandRun run = run(folder.resolve("out").toString());

    assertThat(run.err(), run.code(), is(ExitCode.FAILED));
    assertThat(run.err(), containsString("Renew the credentials and run the same command again"));
    assertThat(OutputFiles.local(folder.resolve("out")).pixels().keySet(), empty());
  }

  /** The process has no others: without those that are given no request is answered. */
  @Test
  void noRunnerShowsASecretThatItWasGiven() throws IOException {
    credentials.close();
    S3Plate own = new S3Plate(server, OWN, "images").site("A01", 1);
    server.put(OWN, TABLE, own.table(S3Plate.Layout.URL));

    CommandRun run =
        run(
            OWN,
            "s3://" + OWN + "/out",
            "--aws_credentials_provider={\"@type\":\"StaticCredentialsProvider\","
                + "\"accessKeyId\":\"%s\",\"secretAccessKey\":\"%s\"}"
                    .formatted(S3TestServer.ACCESS_KEY_ID, GIVEN_SECRET));

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    OutputFiles output = OutputFiles.s3(server, OWN, "out");
    assertThat(output.pixels(), is(own.pixels()));
    for (String secret : List.of(S3TestServer.ACCESS_KEY_ID, GIVEN_SECRET)) {
      assertThat(run.out() + run.err(), not(containsString(secret)));
      for (Map.Entry<String, byte[]> file : output.files().entrySet()) {
        boolean isTold = OutputFiles.allTexts(file.getKey(), file.getValue()).contains(secret);
        assertThat(secret + " in " + file.getKey(), isTold, is(false));
      }
    }
  }

  private CommandRun run(String output) {
    return run(GALLERY, output);
  }

  private CommandRun run(String bucket, String output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "plate",
                "--job_csv_path=s3://" + bucket + "/" + TABLE,
                "--output_dir=" + output,
                "--relative_paths",
                "--endpoint=" + server.endpoint(),
                "--s3_retry_delay_seconds=0.01"));
    arguments.addAll(List.of(more));
    arguments.addAll(runnerOptions());
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private Map<String, Integer> requestsOfMoreThanOne() {
    Map<String, Integer> requests = imageRequests();
    requests.values().removeIf(count -> count == 1);
    return requests;
  }

  private Map<String, Integer> imageRequests() {
    Map<String, Integer> requests = new TreeMap<>();
    for (RecordedRequest request : server.requests()) {
      if (request.key().endsWith(".tiff")) {
        requests.merge(request.key(), 1, Integer::sum);
      }
    }
    return requests;
  }
}
