package org.cytobeam.testing.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.AwsProperties;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.Pixels;
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
 * What {@code images} does on every runner alike. Each runner's module has a class that extends
 * this.
 *
 * <p>The table has 44 names: 40 of small objects in folders, one of which it has twice; one of an
 * object that is read in ranges; one whose object has another extension; one that two objects fit;
 * one that none fits.
 */
@Timeout(240)
public abstract class ImagesContract {

  private static final String BUCKET = "our-bucket";
  private static final String PREFIX = "my-folder/";
  private static final String TABLE = "tables/names.csv";
  private static final String GIVEN_SECRET = "canary-secret-that-was-given";
  private static final int SMALL = 40;
  private static final int LARGE_BYTES = 20 << 20;

  @TempDir private Path folder;
  private final S3TestServer server = S3TestServer.start().bucket(BUCKET, Access.SIGNED);
  private final AwsProperties credentials =
      AwsProperties.set(S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY);
  private final SortedMap<String, String> expected = new TreeMap<>();

  /** Returns the options that choose the runner. */
  protected abstract List<String> runnerOptions();

  @BeforeEach
  final void putObjects() {
    StringBuilder names = new StringBuilder("\ufeff");
    for (int i = 0; i < SMALL; i++) {
      put(key(i), name(i), 1_000 + i, i);
      names.append(name(i)).append("\r\n");
    }
    put(PREFIX + "large.tif", "large.tif", LARGE_BYTES, SMALL);
    put(PREFIX + "deeper/photo.png", "photo.jpg", 500, SMALL + 1);
    server.put(BUCKET, PREFIX + "a/twin.jpg", new byte[] {1});
    server.put(BUCKET, PREFIX + "b/twin.jpg", new byte[] {2});
    server.put(BUCKET, "elsewhere/absent.jpg", new byte[] {3});
    names.append("large.tif\n\n photo.jpg \ntwin.jpg\nabsent.jpg\n").append(name(7)).append('\n');
    server.put(BUCKET, TABLE, names.toString().getBytes(UTF_8));
  }

  @AfterEach
  final void stop() {
    credentials.close();
    server.close();
  }

  @Test
  void theFilesAndTheRowsAreTheSameOnEveryRunner() throws IOException {
    server.script(BUCKET, key(3), Fault.status(503));
    server.script(BUCKET, key(9), Fault.closeAfter(200));

    CommandRun run = run(folder.resolve("out").toString());

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(run.out(), containsString("44 items: 42 done, 0 already done, 2 failed"));
    OutputFiles output = OutputFiles.local(folder.resolve("out"));
    assertThat(pictures(output), is(expected));
    assertThat(failures(output), is(Map.of("absent.jpg", "missing", "twin.jpg", "ambiguous")));
    assertThat(output.files().keySet().stream().filter(p -> p.endsWith(".tmp")).toList(), empty());
    assertThat(askedMoreThanOnce(), is(Map.of(key(3), 2, key(9), 2)));
  }

  @Test
  void theSameCommandFetchesOnlyWhatIsMissingOrAnother() throws IOException {
    CommandRun first = run("s3://" + BUCKET + "/out");
    assertThat(first.err(), first.code(), is(ExitCode.INCOMPLETE));
    put(key(5), name(5), 1_005, -5);
    put(PREFIX + "absent.jpg", "absent.jpg", 77, -6);
    server.clearLog();

    CommandRun second = run("s3://" + BUCKET + "/out");

    assertThat(second.err(), second.code(), is(ExitCode.INCOMPLETE));
    assertThat(second.out(), containsString("44 items: 2 done, 41 already done, 1 failed"));
    assertThat(pictures(OutputFiles.s3(server, BUCKET, "out")), is(expected));
    assertThat(asked(), is(Map.of(key(5), 1, PREFIX + "absent.jpg", 1)));
  }

  @Test
  void credentialsThatExpireEndTheRunAndTheNextGoesOn() throws IOException {
    for (int i = 0; i < SMALL; i++) {
      server.always(BUCKET, key(i), Fault.error(403, "ExpiredToken"));
    }

    CommandRun run = run(folder.resolve("out").toString());

    assertThat(run.err(), run.code(), is(ExitCode.FAILED));
    assertThat(run.err(), containsString("run the same command again"));
    server.heal();
    CommandRun again = run(folder.resolve("out").toString());
    assertThat(again.err(), again.code(), is(ExitCode.INCOMPLETE));
    assertThat(pictures(OutputFiles.local(folder.resolve("out"))), is(expected));
  }

  @Test
  void noRunnerShowsASecretThatItWasGiven() throws IOException {
    credentials.close();

    CommandRun run =
        run(
            folder.resolve("out").toString(),
            "--aws_credentials_provider={\"@type\":\"StaticCredentialsProvider\","
                + "\"accessKeyId\":\"%s\",\"secretAccessKey\":\"%s\"}"
                    .formatted(S3TestServer.ACCESS_KEY_ID, GIVEN_SECRET));

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    OutputFiles output = OutputFiles.local(folder.resolve("out"));
    assertThat(pictures(output), is(expected));
    for (String secret : List.of(S3TestServer.ACCESS_KEY_ID, GIVEN_SECRET)) {
      assertThat(run.out() + run.err(), not(containsString(secret)));
      for (Map.Entry<String, byte[]> file : output.files().entrySet()) {
        boolean isTold = OutputFiles.allTexts(file.getKey(), file.getValue()).contains(secret);
        assertThat(secret + " in " + file.getKey(), isTold, is(false));
      }
    }
  }

  @Test
  void aDryRunFetchesAndWritesNothing() throws IOException {
    CommandRun run = run(folder.resolve("out").toString(), "--dry_run");

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(folder.resolve("out").toFile().exists(), is(false));
    assertThat(asked(), anEmptyMap());
  }

  private void put(String key, String name, int bytes, int seed) {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    server.put(BUCKET, key, content);
    expected.put(name, Pixels.sha256Of(content));
  }

  private static String name(int i) {
    return String.format(Locale.ROOT, "img_%02d.jpg", i);
  }

  private static String key(int i) {
    return PREFIX + "part" + i % 3 + "/" + name(i);
  }

  private CommandRun run(String output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "images",
                "--csv-file=s3://" + BUCKET + "/" + TABLE,
                "--output-dir=" + output,
                "--s3-prefix=" + PREFIX,
                "--bucket=" + BUCKET,
                "--auto-confirm",
                "--endpoint=" + server.endpoint(),
                "--s3_retry_delay_seconds=0.01"));
    arguments.addAll(List.of(more));
    arguments.addAll(runnerOptions());
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  /** Returns the SHA-256 of the files that were copied: all but records, state and logs. */
  private static SortedMap<String, String> pictures(OutputFiles output) {
    SortedMap<String, String> pictures = new TreeMap<>(output.tree());
    pictures.keySet().removeIf(p -> p.startsWith("logs/") || p.equals("download_state.json"));
    return pictures;
  }

  private static Map<String, String> failures(OutputFiles output) throws IOException {
    Map<String, String> failures = new TreeMap<>();
    for (JsonNode row : output.manifest().values()) {
      if (row.has("class")) {
        failures.put(row.get("id").asText(), row.get("class").asText());
      }
    }
    return failures;
  }

  private Map<String, Integer> askedMoreThanOnce() {
    Map<String, Integer> asked = asked();
    asked.remove(PREFIX + "large.tif");
    asked.values().removeIf(count -> count == 1);
    return asked;
  }

  private Map<String, Integer> asked() {
    Map<String, Integer> asked = new TreeMap<>();
    for (RecordedRequest request : server.requests()) {
      if (request.method().equals("GET")
          && request.bucket().equals(BUCKET)
          && (request.key().startsWith(PREFIX))) {
        asked.merge(request.key(), 1, Integer::sum);
      }
    }
    return asked;
  }
}
