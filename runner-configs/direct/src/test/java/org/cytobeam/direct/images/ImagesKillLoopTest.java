package org.cytobeam.direct.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.cytobeam.direct.plate.BucketTarget;
import org.cytobeam.direct.plate.ChildCommand;
import org.cytobeam.direct.plate.FolderTarget;
import org.cytobeam.direct.plate.KillLoop;
import org.cytobeam.direct.plate.KillTarget;
import org.cytobeam.testing.s3.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Fault P1: runs killed at random moments, and run again; among the objects is a long one. */
@DisabledOnOs(OS.WINDOWS)
final class ImagesKillLoopTest {

  private static final int SMALL = 60;
  private static final String LONG = "long.png";

  /** More than is fetched whole. */
  private static final int LONG_BYTES = 20 << 20;

  @TempDir private Path folder;
  private ImagesBucket bucket;
  private Path table;

  @BeforeEach
  void makeTable() throws Exception {
    bucket = new ImagesBucket(folder);
    bucket.server.latency(Duration.ofMillis(5));
    String[] keys =
        IntStream.range(0, SMALL).mapToObj("%02d.png"::formatted).toArray(String[]::new);
    List<String> names = new ArrayList<>(List.of(keys));
    bucket.with(keys);
    byte[] bytes = new byte[LONG_BYTES];
    new Random(1).nextBytes(bytes);
    bucket.server.put(ImagesBucket.NAME, ImagesBucket.PREFIX + LONG, bytes);
    names.add(SMALL / 2, LONG);
    table = bucket.table("data.csv", names.toArray(String[]::new));
  }

  @AfterEach
  void stop() {
    bucket.close();
  }

  private KillLoop.Job job(List<String> access) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "images",
                "--csv_file=" + table,
                "--s3_prefix=" + ImagesBucket.PREFIX,
                "--bucket=" + ImagesBucket.NAME,
                "--auto_confirm",
                "--max_workers=2"));
    words.addAll(access);
    return new KillLoop.Job(words, SMALL + 1, ImagesBucket::isImage);
  }

  @Test
  @Timeout(600)
  void fiveRunsIntoAFolder(TestReporter reporter) throws Exception {
    KillLoop.kill(5, job(bucket.access()), new FolderTarget(folder), folder, reporter);
  }

  @Tag("slow")
  @Test
  @Timeout(3600)
  void aHundredRunsIntoAFolder(TestReporter reporter) throws Exception {
    KillLoop.kill(100, job(bucket.access()), new FolderTarget(folder), folder, reporter);
  }

  @Tag("slow")
  @Test
  @Timeout(1800)
  void fiftyRunsIntoABucket(TestReporter reporter) throws Exception {
    KillLoop.kill(50, job(List.of()), new BucketTarget(bucket.server), folder, reporter);
  }

  @Test
  @Timeout(300)
  void whileALongObjectIsCopiedIntoAFolder() throws Exception {
    killedInMidCopy(job(bucket.access()), new FolderTarget(folder));
  }

  @Test
  @Timeout(300)
  void whileALongObjectIsCopiedIntoABucket() throws Exception {
    BucketTarget target = new BucketTarget(bucket.server);
    target.renew();
    killedInMidCopy(job(List.of()), target);
  }

  /** The first range of the long object comes, and the next ones stop short of their ends. */
  private void killedInMidCopy(KillLoop.Job job, KillTarget target) throws Exception {
    List<String> flags = new ArrayList<>(ChildCommand.QUICK);
    flags.addAll(target.flags());
    List<String> words = new ArrayList<>(job.words());
    words.addAll(target.options());
    String key = ImagesBucket.PREFIX + LONG;
    bucket.server.script(ImagesBucket.NAME, key, Fault.none().on("GET"));
    bucket.server.always(ImagesBucket.NAME, key, Fault.stall(1000).on("GET"));
    try (ChildCommand killed = new ChildCommand(folder, flags, words)) {
      killed.awaitWhileAlive(() -> bucket.server.count("GET", ImagesBucket.NAME, key) > 1);
      killed.kill();
    }
    target.freeLocks();
    assertThat(target.files().files().containsKey(LONG), is(false));
    bucket.server.heal();

    try (ChildCommand next = new ChildCommand(folder, flags, words)) {
      assertThat(next.err(), next.awaitEnd(), is(0));
    }

    assertThat(target.images(), is(job.images()));
    assertThat(
        target.files().bytes(LONG), is(bucket.server.get(ImagesBucket.NAME, key).orElseThrow()));
    assertThat(target.unfinished(), is(empty()));
  }
}
