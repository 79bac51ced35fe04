package org.cytobeam.io.destination;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toList;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.isA;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalDestinationTest {

  private static final RunId RUN = new RunId("20261122T093000Z-1a2b3c4d");
  private static final byte[] ABC = "abc".getBytes(UTF_8);

  /** The example of FIPS 180-2, B.1. */
  private static final Proof ABC_PROOF =
      new Proof(3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

  private Path folder;
  private Path root;
  private Destination destination;

  @BeforeEach
  void openDestination(@TempDir Path temporary) {
    folder = temporary;
    root = folder.resolve("out/put");
    destination = open(root);
  }

  private static Destination open(Path root) {
    return Destinations.open(new DestinationSettings(root.toString(), RUN, Durability.ITEM));
  }

  @ParameterizedTest
  @EnumSource
  void putsAFileAndProvesIt(Durability durability) throws IOException {
    try (Destination any =
        Destinations.open(new DestinationSettings(root.toString(), RUN, durability))) {
      assertThat(any.put("a/b/c.txt", ABC), is(ABC_PROOF));
      assertThat(any.list(""), contains("a/b/c.txt"));
      assertThat(any.size("a/b/c.txt"), is(OptionalLong.of(3)));
      try (InputStream in = any.open("a/b/c.txt")) {
        assertArrayEquals(ABC, in.readAllBytes());
      }
      any.sync();
    }
    assertArrayEquals(ABC, Files.readAllBytes(root.resolve("a/b/c.txt")));
    assertThat(namesIn(root.resolve("a/b")), contains("c.txt"));
  }

  @Test
  void makesNothingBeforeTheFirstFile() throws IOException {
    assertThat(destination.list(""), is(empty()));
    assertThat(destination.size("a"), is(OptionalLong.empty()));
    destination.delete("a");
    assertThat(destination.removeTemporaries(""), is(0L));
    destination.close();
    assertThat(Files.exists(root), is(false));
  }

  @Test
  void provesWhatIsWrittenInPieces() throws IOException {
    byte[] bytes = new byte[1_000_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    Proof whole = destination.put("whole", bytes);
    Proof pieces =
        destination.put(
            "pieces",
            out -> {
              out.write(bytes[0]);
              out.write(bytes, 1, 65_535);
              out.write(bytes, 65_536, 1);
              out.write(bytes, 65_537, 200_000);
              for (int i = 265_537; i < bytes.length; i++) {
                out.write(bytes[i]);
              }
            });
    assertThat(pieces, is(whole));
    assertArrayEquals(bytes, Files.readAllBytes(root.resolve("pieces")));
  }

  @Test
  void replacesAFile() throws IOException {
    destination.put("a", "a longer one".getBytes(UTF_8));
    destination.put("a", ABC);
    assertArrayEquals(ABC, Files.readAllBytes(root.resolve("a")));
  }

  @Test
  void leavesTheOldFileWhenContentFails() throws IOException {
    destination.put("a", ABC);
    IOException failure = new IOException("the source broke");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                destination.put(
                    "a",
                    out -> {
                      out.write(new byte[100_000]);
                      throw failure;
                    }));
    assertThat(thrown, is(sameInstance(failure)));
    assertArrayEquals(ABC, Files.readAllBytes(root.resolve("a")));
    assertThat(namesIn(root), contains("a"));
  }

  @Test
  void comparesLengthOrBytes() throws IOException {
    Proof proof = destination.put("a", ABC);
    assertThat(destination.has("a", proof, Check.SIZE), is(true));
    assertThat(destination.has("a", proof, Check.SHA256), is(true));
    Files.writeString(root.resolve("a"), "abd");
    assertThat(destination.has("a", proof, Check.SIZE), is(true));
    assertThat(destination.has("a", proof, Check.SHA256), is(false));
    Files.writeString(root.resolve("a"), "ab");
    assertThat(destination.has("a", proof, Check.SIZE), is(false));
    Files.delete(root.resolve("a"));
    assertThat(destination.has("a", proof, Check.SIZE), is(false));
  }

  @Test
  void findsOnlyRegularFiles() throws IOException {
    destination.put("folder/file", ABC);
    assertThat(destination.size("folder"), is(OptionalLong.empty()));
    assertThat(destination.size("folder/file/below"), is(OptionalLong.empty()));
    assertThat(destination.size("folder/none"), is(OptionalLong.empty()));
    assertThrows(NoSuchFileException.class, () -> destination.open("folder"));
    assertThrows(NoSuchFileException.class, () -> destination.open("folder/none"));
  }

  @Test
  void listsFilesBelowAFolderInOrder() throws IOException {
    for (String path : List.of("b/2", "b/1", "b/a/3", "a", "c/.hidden", "c/x.tmp")) {
      destination.put(path, ABC);
    }
    assertThat(destination.list("b"), contains("b/1", "b/2", "b/a/3"));
    assertThat(destination.list(""), contains("a", "b/1", "b/2", "b/a/3", "c/.hidden", "c/x.tmp"));
    assertThat(destination.list("none"), is(empty()));
  }

  @Test
  void deletesFilesOnly() throws IOException {
    destination.put("a/b", ABC);
    destination.delete("a/b");
    destination.delete("a/b");
    destination.delete("a");
    assertThat(destination.list(""), is(empty()));
    assertThat(Files.isDirectory(root.resolve("a")), is(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/x", "a/../../x", "", "a//b"})
  void refusesPathsThatLeave(String path) {
    assertThrows(IllegalArgumentException.class, () -> destination.put(path, ABC));
    assertThrows(IllegalArgumentException.class, () -> destination.size(path));
    assertThrows(IllegalArgumentException.class, () -> destination.delete(path));
    assertThrows(IllegalArgumentException.class, () -> destination.address(path));
  }

  @Test
  void namesFilesByTheirAddress() {
    assertThat(destination.root(), is(root.toString()));
    assertThat(destination.address("a/b"), is(root + "/a/b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "\u00e9", "\ud83d\udd2c"})
  void takesNamesUpToTheLimitOfTheSystem(String character) throws IOException {
    int times = 255 / character.getBytes(UTF_8).length;
    String longest = character.repeat(times);
    destination.put(longest, ABC);
    assertThat(destination.list(""), contains(longest));
    IOException thrown =
        assertThrows(IOException.class, () -> destination.put(longest + "xxx" + character, ABC));
    assertThat(thrown, is(not(isA(DestinationException.class))));
    assertThat(namesIn(root), contains(longest));
  }

  @Test
  void refusesAFolderThatLeadsOutside() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    Files.createDirectories(root);
    Files.createSymbolicLink(root.resolve("link"), outside);
    for (String path : List.of("link/new", "link/deep/new")) {
      IOException thrown =
          assertThrows(FileSystemException.class, () -> destination.put(path, ABC));
      assertThat(thrown, is(not(isA(DestinationException.class))));
    }
    assertThrows(IOException.class, () -> destination.log("link/log.jsonl"));
    assertThrows(NoSuchFileException.class, () -> destination.open("link/secret"));
    assertThat(destination.size("link/secret"), is(OptionalLong.empty()));
    destination.delete("link/secret");
    assertThat(destination.list("link"), is(empty()));
    assertThat(namesIn(outside), contains("secret"));
  }

  @Test
  void replacesALinkAndWritesNotThroughIt() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside"), "untouched");
    Files.createDirectories(root);
    Files.createSymbolicLink(root.resolve("a"), outside);
    Files.createSymbolicLink(root.resolve("log.jsonl"), outside);
    assertThrows(NoSuchFileException.class, () -> destination.open("a"));
    assertThrows(IOException.class, () -> destination.log("log.jsonl"));
    destination.put("a", ABC);
    assertThat(Files.isRegularFile(root.resolve("a"), LinkOption.NOFOLLOW_LINKS), is(true));
    assertThat(Files.readString(outside), is("untouched"));
  }

  @Test
  void followsLinksThatStayInside() throws IOException {
    destination.put("there/a", ABC);
    Files.createSymbolicLink(root.resolve("here"), Path.of("there"));
    destination.put("here/b", ABC);
    assertThat(destination.size("here/a"), is(OptionalLong.of(3)));
    assertThat(destination.list(""), contains("there/a", "there/b"));
    assertThat(destination.list("here"), contains("here/a", "here/b"));
  }

  @Test
  void takesALinkAsItsRoot() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    try (Destination linked = open(link)) {
      linked.put("a", ABC);
      assertThat(linked.address("a"), is(link + "/a"));
    }
    assertThat(namesIn(real), contains("a"));
  }

  /** Both are in the middle of the file when either goes on, and at its end when either ends. */
  @Test
  void givesOneWholeFileToTwoThatWriteItAtOnce() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    Destination.Content content =
        out -> {
          out.write(ABC);
          meet(both);
          out.write(ABC);
          meet(both);
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Destination other = open(root)) {
      Future<Proof> one = threads.submit(() -> destination.put("x/same", content));
      Future<Proof> two = threads.submit(() -> other.put("x/same", content));
      assertThat(one.get(), is(two.get()));
      assertThat(destination.has("x/same", one.get(), Check.SHA256), is(true));
    } finally {
      threads.shutdownNow();
    }
    assertThat(Files.readString(root.resolve("x/same")), is("abcabc"));
    assertThat(namesIn(root.resolve("x")), contains("same"));
  }

  private static void meet(CyclicBarrier both) throws IOException {
    try {
      both.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IOException("the other did not write at the same time", e);
    }
  }

  @Test
  void survivesRacesForOnePath() throws Exception {
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      contents.add(new byte[200_000 + i]);
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Destination other = open(root)) {
      List<Future<?>> puts = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        byte[] bytes = contents.get(i % 4);
        Destination one = i % 2 == 0 ? destination : other;
        puts.add(threads.submit(() -> one.put("x/y/same", bytes)));
      }
      for (Future<?> put : puts) {
        put.get();
        long size = destination.size("x/y/same").getAsLong();
        assertThat(size >= 200_000 && size < 200_004, is(true));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(namesIn(root.resolve("x/y")), contains("same"));
  }

  @Test
  void removesTemporariesOfRunsThatAreGoneOnly() throws IOException {
    String dead = ".a.20260101T000000Z-00000000.00000000-1.tmp";
    String alive = ".a.20260101T000000Z-11111111.00000000-1.tmp";
    String own = ".a." + RUN + ".00000000-1.tmp";
    String foreign = ".a.tmp";
    destination.put("x/a", ABC);
    for (String name : List.of(dead, alive, own, foreign)) {
      Files.writeString(root.resolve("x").resolve(name), "half");
    }
    try (RunLock lock = destination.runLocks().acquire(new RunId("20260101T000000Z-11111111"))) {
      assertThat(destination.list(""), contains("x/" + foreign, "x/a"));
      assertThat(destination.removeTemporaries(""), is(1L));
      assertThat(namesIn(root.resolve("x")), containsInAnyOrder(alive, own, foreign, "a"));
      assertThat(destination.runLocks().isHeld(lock.run()), is(true));
    }
    assertThat(destination.removeTemporaries("x"), is(1L));
    assertThat(namesIn(root.resolve("x")), containsInAnyOrder(own, foreign, "a"));
  }

  @Test
  void removesTemporariesNowhereElse() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve(".a.20260101T000000Z-00000000.00000000-1.tmp"), "half");
    Files.createDirectories(root);
    Files.createSymbolicLink(root.resolve("link"), outside);
    assertThat(destination.removeTemporaries(""), is(0L));
    assertThat(destination.removeTemporaries("link"), is(0L));
  }

  @Test
  void leavesWholeFilesWhenKilled() throws Exception {
    RunId killed = new RunId("20260101T000000Z-00000000");
    try (ChildJvm child =
        new ChildJvm(PuttingChild.class, root.toString(), killed.value(), "100000")) {
      child.awaitLines(500);
      assertThat(destination.runLocks().isHeld(killed), is(true));
      child.kill();
    }
    assertThat(destination.runLocks().isHeld(killed), is(false));
    List<String> files = destination.list("plate");
    assertThat(files.size() >= 500, is(true));
    for (String path : files) {
      int i = Integer.parseInt(Path.of(path).getFileName().toString().replace(".bin", ""));
      assertArrayEquals(PuttingChild.bytes(i), Files.readAllBytes(root.resolve(path)));
    }
    destination.removeTemporaries("");
    try (Stream<Path> all = Files.walk(root.resolve("plate"))) {
      assertThat(all.filter(Files::isRegularFile).count(), is((long) files.size()));
    }
  }

  @Test
  void letsTwoProcessesWriteTheSameFiles() throws Exception {
    try (ChildJvm one =
            new ChildJvm(PuttingChild.class, root.toString(), "20260101T000000Z-00000000", "200");
        ChildJvm other =
            new ChildJvm(PuttingChild.class, root.toString(), "20260101T000000Z-11111111", "200")) {
      one.awaitLines(200);
      other.awaitLines(200);
      assertThat(one.awaitEnd(), is(0));
      assertThat(other.awaitEnd(), is(0));
    }
    assertThat(destination.list("").size(), is(200));
    for (int i = 0; i < 200; i++) {
      assertArrayEquals(
          PuttingChild.bytes(i), Files.readAllBytes(root.resolve(PuttingChild.path(i))));
    }
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().collect(toList());
    }
  }
}
