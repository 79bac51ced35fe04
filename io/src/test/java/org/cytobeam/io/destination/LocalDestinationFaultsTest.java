package org.cytobeam.io.destination;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.cytobeam.testing.disk.SmallDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDestinationFaultsTest {

  private static final RunId RUN = new RunId("20261122T093000Z-1a2b3c4d");

  private Path folder;

  @BeforeEach
  void takeFolder(@TempDir Path temporary) {
    folder = temporary;
  }

  private static Destination open(Path root) {
    return Destinations.open(new DestinationSettings(root.toString(), RUN, Durability.ITEM));
  }

  private static DestinationException putFails(Destination destination) {
    return assertThrows(
        DestinationException.class, () -> destination.put("a/b", new byte[2_000_000]));
  }

  @Test
  void saysThatTheDiskIsFullAndGoesOnAfterwards() throws Exception {
    try (SmallDisk disk = new SmallDisk(folder, "size=1m")) {
      Destination destination = open(folder);
      DestinationException thrown = putFails(destination);
      assertThat(thrown.getMessage(), containsString("No space left"));
      assertThat(thrown.getMessage(), containsString("Make room"));
      try (Stream<Path> left = Files.list(folder.resolve("a"))) {
        assertThat(left.toList(), is(empty()));
      }
      disk.remount("size=4m");
      assertThat(destination.put("a/b", new byte[2_000_000]).size(), is(2_000_000L));
    }
  }

  @Test
  void doesNotLetContentHideThatTheDiskIsFull() throws Exception {
    try (SmallDisk disk = new SmallDisk(folder, "size=1m")) {
      Destination destination = open(folder);
      assertThrows(
          DestinationException.class,
          () ->
              destination.put(
                  "a",
                  out -> {
                    try {
                      out.write(new byte[2_000_000]);
                    } catch (IOException ignored) {
                      // As a careless writer might.
                    }
                    out.write(1);
                  }));
      assertThat(destination.size("a").isPresent(), is(false));
    }
  }

  @Test
  void saysThatNoInodesAreLeft() throws Exception {
    try (SmallDisk disk = new SmallDisk(folder, "size=16m,nr_inodes=3")) {
      Destination destination = open(folder);
      destination.put("a", new byte[1]);
      destination.put("b", new byte[1]);
      DestinationException thrown =
          assertThrows(DestinationException.class, () -> destination.put("c", new byte[1]));
      assertThat(thrown.getMessage(), containsString("inodes"));
      disk.remount("nr_inodes=10");
      destination.put("c", new byte[1]);
      assertThat(destination.list(""), hasSize(3));
    }
  }

  @Test
  void endsALineThatDidNotFit() throws Exception {
    try (SmallDisk disk = new SmallDisk(folder, "size=1m")) {
      Destination destination = open(folder);
      try (LineLog log = destination.log("log.jsonl")) {
        log.append("first");
        assertThrows(DestinationException.class, () -> log.append("x".repeat(2_000_000)));
        disk.remount("size=4m");
        log.append("last");
      }
      try (Stream<String> lines = LineLogs.lines(destination, "log.jsonl")) {
        var all = lines.toList();
        assertThat(all, hasSize(3));
        assertThat(all.get(0), is("first"));
        assertThat(all.get(2), is("last"));
      }
    }
  }

  @Test
  void saysThatTheDiskIsReadOnly() throws Exception {
    try (SmallDisk disk = new SmallDisk(folder, "size=1m")) {
      disk.remount("ro");
      Destination destination = open(folder);
      assertThat(putFails(destination).getMessage(), containsString("read-only"));
      assertThrows(DestinationException.class, () -> destination.log("log.jsonl"));
      assertThrows(DestinationException.class, () -> destination.runLocks().acquire(RUN));
    }
  }

  @Test
  void saysThatTheRootIsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(putFails(open(file)).getMessage(), containsString("is a file"));
    assertThat(putFails(open(file.resolve("below"))).getMessage(), containsString("is a file"));
    assertThat(open(file).list(""), is(empty()));
  }

  @Test
  void saysThatTheRootHasGone() throws IOException {
    Path root = folder.resolve("root");
    Destination destination = open(root);
    destination.put("a", new byte[0]);
    Files.delete(root.resolve("a"));
    Files.delete(root);
    assertThat(putFails(destination).getMessage(), containsString("has gone"));
  }

  /** A disk that went away left an empty folder: the run must not go on in that. */
  @Test
  void neverMakesTheFolderOfARunASecondTime() throws IOException {
    Path root = folder.resolve("root");
    Destination destination = open(root);
    destination.put("a", new byte[0]);
    Files.delete(root.resolve("a"));
    Files.delete(root);

    assertThat(putFails(open(root)).getMessage(), containsString("has gone"));
    assertThat(Files.exists(root), is(false));
  }

  @Test
  void saysThatTheFolderMayNotBeWritten() throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(root), "this user may write everywhere");
    assertThat(putFails(open(root)).getMessage(), containsString("permissions"));
  }
}
