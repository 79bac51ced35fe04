package org.cytobeam.io.destination;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Fault P4: the power fails, and the disk has not all of what was written. */
final class PowerCutTest {

  private static final String JOURNAL = "_cytobeam/journal/j.jsonl";
  private static final String MANIFEST = "_cytobeam/manifest.parquet";

  @TempDir private Path folder;
  private RecordedDisk disk;

  /** Each text that was put under a name, the last one last. */
  private final Map<String, Set<String>> put = new HashMap<>();

  private final Set<String> journal = new HashSet<>();

  /** The text that each name must have from here on, or one that is put later. */
  private final Map<String, Set<String>> promised = new HashMap<>();

  @BeforeEach
  void makeDisk() throws IOException {
    disk = new RecordedDisk(folder);
  }

  private Destination open(int run, Durability durability) {
    return new LocalDestination(
        disk.root().resolve("out"), new RunId("20261122T09300" + run + "Z-1a2b3c4d"), durability);
  }

  private void put(Destination destination, Durability durability, String name, String text)
      throws IOException {
    disk.note(
        () -> {
          put.computeIfAbsent(name, any -> new HashSet<>()).add(text);
          if (promised.containsKey(name)) {
            promised.get(name).add(text);
          }
        });
    destination.put(name, text.getBytes(UTF_8));
    if (durability == Durability.ITEM) {
      disk.note(() -> promised.put(name, new HashSet<>(Set.of(text))));
    }
  }

  private void append(LineLog log, String line) throws IOException {
    journal.add(line);
    log.append(line);
  }

  private void sync(Destination destination, Map<String, String> texts) throws IOException {
    destination.sync();
    disk.note(() -> texts.forEach((name, text) -> promised.put(name, new HashSet<>(Set.of(text)))));
  }

  /** What a run does to its output folder, in its order, and then a second run over it. */
  private void runTwice(Durability durability) throws IOException {
    try (Destination first = open(1, durability);
        LineLog log = first.log(JOURNAL)) {
      put(first, durability, "p/a.png", "pixels of a");
      append(log, "a is done");
      put(first, durability, "p/b.png", "pixels of b, which are more");
      append(log, "b is done");
      put(first, durability, MANIFEST, "a and b");
      sync(
          first,
          Map.of(
              "p/a.png",
              "pixels of a",
              "p/b.png",
              "pixels of b, which are more",
              MANIFEST,
              "a and b"));
      log.discard();
      first.delete(JOURNAL);
    }
    try (Destination second = open(2, durability)) {
      put(second, durability, "p/a.png", "other pixels");
      put(second, durability, "p/q/c.png", "pixels of c");
      put(second, durability, MANIFEST, "a, b and c");
      sync(
          second,
          Map.of("p/a.png", "other pixels", "p/q/c.png", "pixels of c", MANIFEST, "a, b and c"));
    }
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void whatHasItsNameHasItsBytesAndWhatWasPromisedIsThere(Durability durability)
      throws IOException {
    runTwice(durability);

    long states = PowerCut.afterEach(disk.events(), this::check);

    assertThat(states, is(greaterThan(500L)));
    assertThat(promised.keySet(), is(Set.of("p/a.png", "p/b.png", "p/q/c.png", MANIFEST)));
  }

  private void check(Map<String, byte[]> files) {
    files.forEach(
        (path, bytes) -> {
          String name = path.substring("out/".length());
          if (name.equals(JOURNAL)) {
            checkJournal(bytes);
          } else if (TemporaryName.runOf(name.substring(name.lastIndexOf('/') + 1)).isEmpty()) {
            assertThat(name, new String(bytes, UTF_8), is(in(put.getOrDefault(name, Set.of()))));
          }
        });
    promised.forEach(
        (name, texts) -> {
          byte[] bytes = files.get("out/" + name);
          assertThat(name + " is there", bytes, is(notNullValue()));
          assertThat(name, new String(bytes, UTF_8), is(in(texts)));
        });
  }

  /** A line says what was written, or is none that a reader of JSON takes for one. */
  private void checkJournal(byte[] bytes) {
    WholeLines lines = new WholeLines(new ByteArrayInputStream(bytes), LineLogs.MAX_LINE_BYTES);
    StreamSupport.stream(lines, false)
        .forEach(line -> assertThat(line, anyOf(is(in(journal)), containsString("\u0000"))));
  }

  /** The model sees what it is made for: a rename that comes before the bytes. */
  @Test
  void aWriterThatDoesNotSyncIsFoundOut() throws IOException {
    Path temporary = disk.root().resolve("t");
    Files.write(
        temporary,
        "pixels".getBytes(UTF_8),
        java.nio.file.StandardOpenOption.CREATE_NEW,
        java.nio.file.StandardOpenOption.WRITE);
    Files.move(temporary, disk.root().resolve("a.png"));
    Set<String> seen = new HashSet<>();

    PowerCut.afterEach(
        disk.events(),
        files -> {
          if (files.containsKey("a.png")) {
            seen.add(new String(files.get("a.png"), UTF_8));
          }
        });

    assertThat(seen, hasItem(""));
    assertThat(seen, hasItem("\u0000".repeat(6)));
    assertThat(seen, hasItem("pixels"));
  }

  /** Part of fault P3: small disks and quotas can't be had everywhere, but what systems say can. */
  @ParameterizedTest
  @CsvSource({
    "Disk quota exceeded, The disk quota is used up",
    "No space left on device, No space or no inodes left"
  })
  void aDiskThatIsFullEndsTheRunAndLeavesNoTemporary(String fault, String told) throws IOException {
    Destination destination = open(1, Durability.RUN);
    LineLog log = destination.log(JOURNAL);
    destination.put("p/a.png", new byte[3]);
    disk.failWrites(fault);

    var refused =
        assertThrows(DestinationException.class, () -> destination.put("p/b.png", new byte[3]));
    assertThrows(DestinationException.class, () -> log.append("b is done"));

    assertThat(refused.getMessage(), containsString(told));
    assertThat(refused.getMessage(), containsString("Make room and run it again."));
    assertThat(destination.list("p"), is(List.of("p/a.png")));
    assertThat(Files.list(folder.resolve("out/p")).count(), is(1L));
    disk.failWrites(null);
    destination.put("p/b.png", new byte[3]);
    assertThat(destination.list("p"), is(List.of("p/a.png", "p/b.png")));
  }

  /** Part of fault P3: a file system that met an error of its disk becomes read-only. */
  @Test
  void aDiskThatBecomesReadOnlyEndsTheRun() throws IOException {
    Destination destination = open(1, Durability.RUN);
    destination.put("p/a.png", new byte[3]);
    disk.failWrites("Read-only file system");

    var refused =
        assertThrows(DestinationException.class, () -> destination.put("p/b.png", new byte[3]));

    assertThat(refused.getMessage(), containsString("mounted read-only"));
    assertThat(Files.list(folder.resolve("out/p")).count(), is(1L));
  }
}
