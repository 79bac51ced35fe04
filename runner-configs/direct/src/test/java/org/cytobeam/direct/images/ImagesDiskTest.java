package org.cytobeam.direct.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.IntStream;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.disk.SmallDisk;
import org.cytobeam.testing.plate.CommandRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fault P3: the disk takes no more, before or in the middle of a run. */
@Timeout(180)
final class ImagesDiskTest {

  private static final int IMAGES = 60;

  @TempDir private Path folder;
  private ImagesBucket bucket;
  private Path disk;
  private Path table;

  /** The output folder is the disk. */
  @BeforeEach
  void start() throws Exception {
    bucket = new ImagesBucket(folder);
    disk = Files.createDirectory(bucket.out());
    String[] keys =
        IntStream.range(0, IMAGES)
            .mapToObj(i -> "x".repeat(200) + "%02d.jpg".formatted(i))
            .toArray(String[]::new);
    table = bucket.with(keys).table("data.csv", keys);
  }

  @AfterEach
  void stop() {
    bucket.close();
  }

  private void assertGoesOn() throws Exception {
    CommandRun more = bucket.run(table);

    assertThat(more.out() + more.err(), more.code(), is(ExitCode.DONE));
    assertThat(bucket.images(), is(aMapWithSize(IMAGES)));
    bucket.images().forEach((file, key) -> assertThat(file, is(key)));
    assertThat(bucket.temporaries(), is(empty()));
  }

  @Test
  void moreThanTheDiskHasRoomForIsNotBegun() throws Exception {
    try (SmallDisk small = new SmallDisk(disk, "size=1m")) {
      CommandRun full = bucket.run(table);

      assertThat(full.out() + full.err(), full.code(), is(ExitCode.FAILED));
      assertThat(
          full.err(),
          allOf(containsString("the images take 1.2 MB"), containsString("are missing")));
      assertThat(bucket.fetched(), is(0L));
      assertThat(bucket.images(), is(anEmptyMap()));
      small.remount("size=64m");
      assertGoesOn();
    }
  }

  /** There seems to be room; but files take whole blocks and inodes, and there are the records. */
  @Test
  void aDiskWithoutInodesEndsTheRunInAFewLines() throws Exception {
    try (SmallDisk small = new SmallDisk(disk, "size=64m,nr_inodes=40")) {
      CommandRun full = bucket.run(table);

      assertThat(full.out() + full.err(), full.code(), is(ExitCode.FAILED));
      assertThat(full.err(), containsString("no inodes left"));
      assertThat(full.err(), containsString("Make room and run it again."));
      assertThat(full.err(), not(containsString("\tat ")));
      assertThat(bucket.images().size(), is(lessThan(IMAGES)));
      assertThat(bucket.temporaries(), is(empty()));
      small.remount("nr_inodes=4000");
      assertGoesOn();
    }
  }

  @Test
  void aDiskThatIsMountedReadOnlyIsRefused() throws Exception {
    try (SmallDisk small = new SmallDisk(disk, "size=64m")) {
      assertThat(bucket.run(table, "--limit=3").code(), is(ExitCode.DONE));
      bucket.server.clearLog();
      small.remount("ro");

      CommandRun refused = bucket.run(table);

      assertThat(refused.err(), refused.code(), is(ExitCode.USAGE));
      assertThat(refused.err(), containsString("--output_dir: " + disk + " is not writable"));
      assertThat(bucket.server.requests().size(), is(0));
      small.remount("rw");
      assertGoesOn();
    }
  }

  @Test
  void aFolderThatMayNotBeWrittenIsRefused() throws Exception {
    Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(
        Files.isWritable(disk),
        "not tested is a folder that may not be written: this user may write everywhere");

    CommandRun refused = bucket.run(table);

    assertThat(refused.err(), refused.code(), is(ExitCode.USAGE));
    assertThat(refused.err(), containsString("--output_dir: " + disk + " is not writable"));
    Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertGoesOn();
  }
}
