package org.cytobeam.direct.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cytobeam.direct.plate.ChildCommand;
import org.cytobeam.direct.plate.Records;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.s3.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fault P12: nothing, one, none at all, and very many; and what may follow on a folder. */
@Timeout(180)
final class ImagesTotalsTest {

  @TempDir private Path folder;
  private ImagesBucket bucket;

  @BeforeEach
  void start() {
    bucket = new ImagesBucket(folder);
  }

  @AfterEach
  void stop() {
    bucket.close();
  }

  private CommandRun verify() {
    return CommandRun.of("verify", bucket.out().toString(), "--check=sha256");
  }

  private CommandRun onFolder(String command) {
    return CommandRun.of(command, bucket.out().toString());
  }

  @Test
  void oneRowIsAJobAndAllIsDoneTwice() throws Exception {
    Path table = bucket.with("a.jpg").table("t.csv", "a.jpg");

    CommandRun first = bucket.run(table);
    CommandRun again = bucket.run(table);

    assertThat(first.err(), first.code(), is(ExitCode.DONE));
    assertThat(first.out(), containsString("1 item: 1 done, 0 already done, 0 failed\n"));
    assertThat(again.err(), again.code(), is(ExitCode.DONE));
    assertThat(again.out(), containsString("There is nothing to fetch.\n"));
    assertThat(again.out(), containsString("1 item: 0 done, 1 already done, 0 failed\n"));
    assertThat(bucket.images(), is(Map.of("a.jpg", "a.jpg")));
    assertThat(bucket.fetched(), is(1L));
  }

  @Test
  void whereAllAreMissingTheTablesSayWhich() throws Exception {
    Path table = bucket.with("a.jpg").table("t.csv", "x.jpg", "y.jpg", "y.jpg");

    CommandRun run = bucket.run(table);

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(run.out(), containsString("2 items: 0 done, 0 already done, 2 failed\n"));
    assertThat(run.out(), containsString("  failed, missing: 2\n"));
    assertThat(bucket.failures(), is(Map.of("t.csv line 1", "missing", "t.csv line 2", "missing")));
    assertThat(bucket.images(), is(anEmptyMap()));
    assertThat(bucket.files().text("download_state.json"), containsString("\"x.jpg\""));
  }

  @Test
  void whereAllFailTheRunSaysSoAndTheNextOneMayTakeJustThese() throws Exception {
    Path table = bucket.with("a.jpg", "b.jpg").table("t.csv", "a.jpg", "b.jpg", "no.jpg");
    for (String key : List.of("a.jpg", "b.jpg")) {
      bucket.server.always(ImagesBucket.NAME, "my-folder/" + key, Fault.status(403).on("GET"));
    }

    CommandRun failed = bucket.run(table);
    CommandRun verifiedFailed = verify();
    bucket.server.heal();
    bucket.with("no.jpg", "c.jpg");
    bucket.table("t.csv", "a.jpg", "b.jpg", "no.jpg", "c.jpg");
    CommandRun onlyFailed = bucket.run(table, "--only=failed");
    CommandRun verified = verify();
    CommandRun report = onFolder("report");

    assertThat(failed.err(), failed.code(), is(ExitCode.INCOMPLETE));
    assertThat(failed.out(), containsString("  failed, denied: 2\n  failed, missing: 1\n"));
    assertThat(verifiedFailed.code(), is(ExitCode.INCOMPLETE));
    assertThat(onlyFailed.err(), onlyFailed.code(), is(ExitCode.DONE));
    assertThat(onlyFailed.out(), containsString("3 items: 3 done, 0 already done, 0 failed\n"));
    assertThat(bucket.images(), is(Map.of("a.jpg", "a.jpg", "b.jpg", "b.jpg", "no.jpg", "no.jpg")));
    assertThat(Records.failures(bucket.out()), is(List.of()));
    assertThat(verified.err() + verified.out(), verified.code(), is(ExitCode.DONE));
    assertThat(report.err(), report.code(), is(ExitCode.DONE));
  }

  @Test
  void verifyTellsWhatHasHappenedToTheFilesAndTheNextRunMendsIt() throws Exception {
    Path table = bucket.with("a.jpg", "b.jpg", "c.jpg").table("t.csv", "a.jpg", "b.jpg", "c.jpg");
    assertThat(bucket.run(table, "--limit=2").code(), is(ExitCode.DONE));
    assertThat(bucket.images(), is(Map.of("a.jpg", "a.jpg", "b.jpg", "b.jpg")));
    Files.delete(bucket.out().resolve("a.jpg"));
    byte[] flipped = ImagesBucket.bytes("b.jpg");
    flipped[7] ^= 1;
    Files.write(bucket.out().resolve("b.jpg"), flipped);

    CommandRun damaged = verify();
    CommandRun next = bucket.run(table);
    CommandRun verified = verify();

    assertThat(damaged.code(), is(ExitCode.INCOMPLETE));
    assertThat(damaged.out(), containsString("a.jpg"));
    assertThat(damaged.out(), containsString("b.jpg"));
    assertThat(next.err(), next.code(), is(ExitCode.DONE));
    assertThat(next.out(), containsString("3 items: 3 done, 0 already done, 0 failed\n"));
    assertThat(verified.err() + verified.out(), verified.code(), is(ExitCode.DONE));
    assertThat(bucket.images(), is(Map.of("a.jpg", "a.jpg", "b.jpg", "b.jpg", "c.jpg", "c.jpg")));
  }

  /** Rows wait in memory, bytes don't. */
  @Tag("slow")
  @Timeout(900)
  @Test
  void aHundredThousandNamesOfWhichFewAreThere() throws Exception {
    int rows = 100_000;
    String[] keys = IntStream.range(0, 50).mapToObj("%06d.jpg"::formatted).toArray(String[]::new);
    String[] names =
        IntStream.range(0, rows).mapToObj("%06d.jpg"::formatted).toArray(String[]::new);
    Path table = bucket.with(keys).table("t.csv", names);

    try (ChildCommand child =
        new ChildCommand(
            folder, List.of("-Xmx512m"), List.of(bucket.words(table, "--auto-confirm")))) {
      assertThat(child.err(), child.awaitEnd(), is(3));
      assertThat(
          child.out(), containsString("100000 items: 50 done, 0 already done, 99950 failed"));
      assertThat(child.err(), not(containsString("OutOfMemory")));
    }
    assertThat(bucket.images().size(), is(keys.length));
    assertThat(Records.failures(bucket.out()).size(), is(rows - keys.length));
  }
}
