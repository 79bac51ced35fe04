package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.S3Plate;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fault P5: two processes that write into one folder. */
@Timeout(180)
final class PlateTwoRunsTest {

  private static final int SITES = 4;
  private static final String OWN = "our-bucket";

  private final S3TestServer server =
      S3TestServer.start()
          .bucket("cellpainting-gallery", Access.UNSIGNED)
          .bucket(OWN, Access.SIGNED);
  private final S3Plate plate = S3Plate.inGallery(server, SITES);

  @TempDir private Path folder;
  private Path csv;
  private Path out;

  @BeforeEach
  void writeTable() throws IOException {
    csv = Files.write(folder.resolve("t.csv"), plate.table(S3Plate.Layout.URL));
    out = folder.resolve("out");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /**
   * Starts a run with few images in flight. What does not come for 30 s is asked for again, so that
   * a run whose source is held for two minutes spends a dozen of its 100 retries, and never sees
   * the 50 failures in a row that would end it.
   */
  private ChildCommand start(String name, String outputDir) throws IOException {
    List<String> flags = new ArrayList<>(ChildCommand.QUICK);
    flags.add("-Daws.accessKeyId=" + S3TestServer.ACCESS_KEY_ID);
    flags.add("-Daws.secretAccessKey=" + S3TestServer.SECRET_ACCESS_KEY);
    return new ChildCommand(
        Files.createDirectory(folder.resolve(name)),
        flags,
        List.of(
            "plate",
            "--job_csv_path=" + csv,
            "--output_dir=" + outputDir,
            "--endpoint=" + server.endpoint(),
            "--awsRegion=" + S3TestServer.REGION,
            "--maxWorkers=2",
            "--s3MaxAttempts=100"));
  }

  private ChildCommand start(String name) throws IOException {
    return start(name, out.toString());
  }

  private CommandRun run() {
    return CommandRun.plate(csv, out, "--endpoint=" + server.endpoint());
  }

  @Test
  void theSecondIsRefusedUntilTheFirstIsKilled() throws Exception {
    holdSource();
    try (ChildCommand first = start("first")) {
      first.awaitWhileAlive(() -> !server.requests().isEmpty());

      CommandRun second = run();

      assertThat(second.out() + second.err(), second.code(), is(ExitCode.USAGE));
      assertThat(
          second.err(),
          allOf(
              containsString("--output_dir: run "),
              containsString(" is writing into " + out),
              containsString("wait until it has ended, or choose another folder")));
      first.kill();
    }
    server.heal();

    CommandRun third = run();

    assertThat(third.err(), third.code(), is(ExitCode.DONE));
    assertThat(OutputFiles.local(out).pixels(), is(plate.pixels()));
    assertThat(Records.manifest(out).values(), hasSize(SITES * S3Plate.CHANNELS.size()));
  }

  /** Nothing of the source comes, so that neither can have ended before the other looks. */
  @Test
  void ofTwoThatStartAtOnceOneIsRefusedAndTheOtherGoesOn() throws Exception {
    holdSource();
    try (ChildCommand one = start("one");
        ChildCommand other = start("other")) {
      ChildCommand refused = firstToEnd(one, other);
      ChildCommand survivor = refused == one ? other : one;
      assertThat(refused.err(), refused.awaitEnd(), is(2));
      survivor.awaitWhileAlive(() -> !server.requests().isEmpty());
      List<String> alive = runsWithRecords(OutputFiles.local(out));
      assertThat(alive, hasSize(1));
      assertThat(refused.err(), containsString("run " + alive.get(0) + " is writing into " + out));
      server.heal();

      assertThat(survivor.err(), survivor.awaitEnd(), is(0));
      assertThat(survivor.out(), containsString("20 items: 20 done, 0 already done, 0 failed"));
    }

    assertWhole(OutputFiles.local(out));
  }

  /** A lock in a bucket may be that of a run that was killed; only time tells. */
  @Test
  void theSecondIntoABucketWaitsAndGoesOnWhenTheFirstHasEnded() throws Exception {
    holdSource();
    try (ChildCommand first = startIntoBucket("first");
        ChildCommand second = startSecondIntoBucket(first)) {
      second.awaitWhileAlive(() -> second.err().contains("Waiting, for 60 s at most"));
      String alive = runsWithRecords(bucket()).get(0);
      assertThat(second.err(), containsString("Run " + alive + " holds the lock"));
      server.heal();

      assertThat(first.err(), first.awaitEnd(), is(0));
      assertThat(first.out(), containsString("20 items: 20 done, 0 already done, 0 failed"));
      assertThat(second.err(), second.awaitEnd(), is(0));
      assertThat(second.out(), containsString("20 items: 0 done, 20 already done, 0 failed"));
    }

    assertWhole(bucket());
  }

  /** It takes the minute in which the lock of a dead run would have come free. */
  @Tag("slow")
  @Test
  void theSecondIntoABucketIsRefusedWhileTheFirstLives() throws Exception {
    holdSource();
    try (ChildCommand first = startIntoBucket("first");
        ChildCommand second = startSecondIntoBucket(first)) {
      assertThat(second.err(), second.awaitEnd(), is(2));
      String alive = runsWithRecords(bucket()).get(0);
      assertThat(
          second.err(), containsString("run " + alive + " is writing into s3://" + OWN + "/out"));
      server.heal();

      assertThat(first.err(), first.awaitEnd(), is(0));
    }

    assertWhole(bucket());
  }

  /** No image is answered until the server is healed. */
  private void holdSource() {
    server.holdUntilHealed("GET", plate.bucket(), "");
  }

  private ChildCommand startIntoBucket(String name) throws IOException {
    return start(name, "s3://" + OWN + "/out");
  }

  /** Starts a run when the one before it fetches. */
  private ChildCommand startSecondIntoBucket(ChildCommand first)
      throws IOException, InterruptedException {
    first.awaitWhileAlive(() -> !runsWithRecords(bucket()).isEmpty());
    return startIntoBucket("second");
  }

  private static ChildCommand firstToEnd(ChildCommand one, ChildCommand other)
      throws InterruptedException {
    while (true) {
      if (one.endsWithin(Duration.ofMillis(20))) {
        return one;
      }
      if (other.endsWithin(Duration.ofMillis(20))) {
        return other;
      }
    }
  }

  private OutputFiles bucket() {
    return OutputFiles.s3(server, OWN, "out");
  }

  /** Returns the ids of the runs that have begun their work. */
  private static List<String> runsWithRecords(OutputFiles files) {
    return files.files().keySet().stream()
        .filter(path -> path.endsWith("/run.json"))
        .map(path -> path.split("/", -1)[2])
        .toList();
  }

  private void assertWhole(OutputFiles files) throws IOException {
    assertThat(files.pixels(), is(plate.pixels()));
    assertThat(files.manifest().values(), hasSize(SITES * S3Plate.CHANNELS.size()));
    assertThat(
        files.files().keySet().stream().filter(path -> path.endsWith(".tmp")).toList(),
        is(empty()));
  }
}
