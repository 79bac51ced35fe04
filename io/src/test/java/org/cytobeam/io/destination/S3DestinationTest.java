package org.cytobeam.io.destination;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.cytobeam.io.s3.S3Clients;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.io.s3.StaticCredentials;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

class S3DestinationTest {

  private static final RunId RUN = new RunId("20261122T093000Z-1a2b3c4d");
  private static final String LOCK = "out/put/_cytobeam/runs/" + RUN + "/lock";
  private static final byte[] ABC = "abc".getBytes(UTF_8);

  /** The example of FIPS 180-2, B.1. */
  private static final Proof ABC_PROOF =
      new Proof(3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

  private static S3TestServer server;
  private static S3AsyncClient client;

  private final HandTicker ticker = new HandTicker();
  private final Destination destination = open("s3://mine/out/put");

  @BeforeAll
  static void start() {
    server = S3TestServer.start();
    client =
        S3Clients.async(
            S3Settings.builder()
                .setEndpoint(server.endpoint())
                .setRegion(S3TestServer.REGION)
                .setCredentials(
                    new StaticCredentials(
                        S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY, null))
                .setMaxAttempts(3)
                .setRetryDelay(Duration.ofMillis(1))
                .setMaxRetryDelay(Duration.ofMillis(2))
                .build());
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @BeforeEach
  void makeBucket() {
    server.heal();
    server.clearLog();
    server.bucket("mine", Access.SIGNED);
  }

  /** All share one client, because closing one takes seconds; so none is closed. */
  private Destination open(String root) {
    return new S3Destination(client, S3Prefix.parse(root), RUN, name -> ticker);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 13));
    }
    return bytes;
  }

  @Test
  void putsAnObjectAndProvesIt() throws IOException {
    assertThat(destination.put("a/b c#+%.txt", ABC), is(ABC_PROOF));
    assertThat(server.keys("mine"), contains("out/put/a/b c#+%.txt"));
    assertArrayEquals(ABC, server.get("mine", "out/put/a/b c#+%.txt").get());
    assertThat(destination.address("a/b"), is("s3://mine/out/put/a/b"));
    assertThat(destination.size("a/b c#+%.txt"), is(OptionalLong.of(3)));
    assertThat(destination.list(""), contains("a/b c#+%.txt"));
    try (InputStream in = destination.open("a/b c#+%.txt")) {
      assertArrayEquals(ABC, in.readAllBytes());
    }
    destination.delete("a/b c#+%.txt");
    destination.delete("a/b c#+%.txt");
    assertThat(destination.size("a/b c#+%.txt"), is(OptionalLong.empty()));
    assertThrows(NoSuchFileException.class, () -> destination.open("a/b c#+%.txt"));
  }

  @Test
  void fillsAWholeBucket() throws IOException {
    Destination whole = open("s3://mine");
    whole.put("a", ABC);
    assertThat(whole.list(""), contains("a"));
    assertThat(whole.address("a"), is("s3://mine/a"));
    assertThat(server.keys("mine"), contains("a"));
  }

  @Test
  void checksAnObjectByItsMetadataWithoutReadingIt() throws IOException {
    Proof proof = destination.put("a", out -> out.write(ABC));
    server.clearLog();
    assertThat(destination.has("a", proof, Check.SHA256), is(true));
    assertThat(server.count("HEAD", "mine", "out/put/a"), is(1));
    assertThat(server.count("GET", "mine", "out/put/a"), is(0));
  }

  @Test
  void readsObjectsThatOthersPut() throws IOException {
    server.put("mine", "out/put/a", ABC);
    assertThat(destination.has("a", ABC_PROOF, Check.SHA256), is(true));
    server.put("mine", "out/put/a", "abd".getBytes(UTF_8));
    assertThat(destination.has("a", ABC_PROOF, Check.SHA256), is(false));
    assertThat(destination.has("a", ABC_PROOF, Check.SIZE), is(true));
    server.put("mine", "out/put/a", "ab".getBytes(UTF_8));
    assertThat(destination.has("a", ABC_PROOF, Check.SIZE), is(false));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, S3Upload.PART_BYTES})
  void putsUpToAPartInOneRequest(int length) throws IOException {
    byte[] bytes = bytes(length);
    Proof proof = destination.put("a", out -> out.write(bytes));
    assertThat(proof, is(Proof.of(bytes)));
    assertArrayEquals(bytes, server.get("mine", "out/put/a").get());
    assertThat(server.count("POST", "mine", "out/put/a"), is(0));
    try (InputStream in = destination.open("a")) {
      assertArrayEquals(bytes, in.readAllBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {S3Upload.PART_BYTES + 1, 2 * S3Upload.PART_BYTES, 20_000_000})
  void putsMoreInParts(int length) throws IOException {
    byte[] bytes = bytes(length);
    Proof proof =
        destination.put(
            "a",
            out -> {
              for (int i = 0; i < bytes.length; i += 70_001) {
                out.write(bytes, i, Math.min(70_001, bytes.length - i));
              }
            });
    assertThat(proof, is(Proof.of(bytes)));
    assertArrayEquals(bytes, server.get("mine", "out/put/a").get());
    assertThat(server.unfinishedUploads("mine"), is(0));
    assertThat(destination.has("a", proof, Check.SHA256), is(true));
    try (InputStream in = destination.open("a")) {
      assertArrayEquals(bytes, in.readAllBytes());
    }
  }

  @Test
  void leavesNothingWhenContentFails() {
    IOException failure = new IOException("the source broke");
    for (int length : new int[] {100, 20_000_000}) {
      IOException thrown =
          assertThrows(
              IOException.class,
              () ->
                  destination.put(
                      "a",
                      out -> {
                        out.write(new byte[length]);
                        throw failure;
                      }));
      assertThat(thrown, is(sameInstance(failure)));
    }
    assertThat(server.keys("mine"), is(empty()));
    assertThat(server.unfinishedUploads("mine"), is(0));
  }

  @Test
  void leavesNothingWhenAPartFails() {
    server.script("mine", "out/put/a", Fault.none(), Fault.none(), Fault.error(400, "BadDigest"));
    assertThrows(
        IOException.class, () -> destination.put("a", out -> out.write(new byte[20_000_000])));
    assertThat(server.keys("mine"), is(empty()));
    assertThat(server.unfinishedUploads("mine"), is(0));
  }

  @Test
  void putsAgainWhenTheServerIsBusyOrTheReplyIsLost() throws IOException {
    server.script("mine", "out/put/a", Fault.status(503), Fault.loseReply());
    assertThat(destination.put("a", ABC), is(ABC_PROOF));
    assertThat(server.count("PUT", "mine", "out/put/a"), is(3));
    assertArrayEquals(ABC, server.get("mine", "out/put/a").get());
  }

  @Test
  void findsTheObjectWhenTheReplyToItsCompletionIsLost() throws IOException {
    byte[] bytes = bytes(S3Upload.PART_BYTES + 1);
    server.script("mine", "out/put/a", Fault.none().on("POST"), Fault.loseReply().on("POST"));
    Proof proof = destination.put("a", out -> out.write(bytes));
    assertArrayEquals(bytes, server.get("mine", "out/put/a").get());
    assertThat(destination.has("a", proof, Check.SHA256), is(true));
  }

  @Test
  void putsAPartAgainWhenItsReplyIsLost() throws IOException {
    byte[] bytes = bytes(2 * S3Upload.PART_BYTES + 1);
    server.script("mine", "out/put/a", Fault.loseReply().on("PUT"), Fault.loseReply().on("PUT"));
    Proof proof = destination.put("a", out -> out.write(bytes));
    assertThat(proof, is(Proof.of(bytes)));
    assertArrayEquals(bytes, server.get("mine", "out/put/a").get());
    assertThat(server.count("PUT", "mine", "out/put/a"), is(5));
    assertThat(server.unfinishedUploads("mine"), is(0));
  }

  @Test
  void takesNoOtherObjectForACompletedOne() {
    server.put("mine", "out/put/a", bytes(S3Upload.PART_BYTES + 1));
    server.script(
        "mine", "out/put/a", Fault.none().on("POST"), Fault.error(404, "NoSuchUpload").on("POST"));
    assertThrows(
        NoSuchFileException.class,
        () -> destination.put("a", out -> out.write(bytes(S3Upload.PART_BYTES + 1))));
  }

  @Test
  void readsOnAfterABrokenConnection() throws IOException {
    byte[] bytes = bytes(9_000_000);
    destination.put("a", bytes);
    server.script("mine", "out/put/a", Fault.resetAfter(1000).on("GET"));
    try (InputStream in = destination.open("a")) {
      assertArrayEquals(bytes, in.readAllBytes());
    }
  }

  @Test
  void readsNoMixtureOfTwoObjects() throws IOException {
    destination.put("a", bytes(9_000_000));
    try (InputStream in = destination.open("a")) {
      assertThat(in.read(), is(0));
      destination.put("a", new byte[9_000_000]);
      assertThrows(IOException.class, in::readAllBytes);
    }
  }

  @Test
  void listsAllPages() throws IOException {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 2100; i++) {
      String path = String.format("f/%05d", i);
      paths.add(path);
      server.put("mine", "out/put/" + path, ABC);
    }
    server.put("mine", "out/put/f/", new byte[0]);
    server.put("mine", "out/put/foreign", ABC);
    server.put("mine", "out/putter/f/1", ABC);
    assertThat(destination.list("f"), is(paths));
    assertThat(destination.list("none"), is(empty()));
  }

  @Test
  void asksForAPageAgainThatIsLostAndTakesWhatIsListedTwiceOnce() throws IOException {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String path = String.format("f/%05d", i);
      paths.add(path);
      server.put("mine", "out/put/" + path, ABC);
    }
    Fault page = Fault.page(15);
    server.script(
        "mine",
        "",
        page.and(Fault.loseReply()),
        page.and(Fault.closeAfter(100)),
        page,
        Fault.status(503),
        page.and(Fault.overlap()));
    server.always("mine", "", page);
    assertThat(destination.list("f"), is(paths));
    assertThat(server.requests("mine", "").size(), is(6));
  }

  @Test
  void saysThatWhatWasListedHasGone() throws IOException {
    server.put("mine", "out/put/a", ABC);
    for (String path : destination.list("")) {
      server.delete("mine", "out/put/" + path);
      assertThrows(NoSuchFileException.class, () -> destination.open(path));
    }
  }

  @Test
  void saysWhatKeepsTheWholeRunFromWriting() {
    server.bucket("old", Access.EXPIRED).bucket("theirs", Access.UNSIGNED);
    assertPutFails("s3://none/a", "There is no bucket none");
    assertPutFails("s3://old/a", "have expired");
    assertPutFails("s3://theirs/a", "s3:PutObject");
  }

  private void assertPutFails(String root, String message) {
    Destination other = open(root);
    DestinationException thrown =
        assertThrows(DestinationException.class, () -> other.put("a", ABC));
    assertThat(thrown.getMessage(), containsString(message));
    assertThat(thrown.getMessage(), not(containsString(S3TestServer.SECRET_ACCESS_KEY)));
    assertThrows(DestinationException.class, () -> other.list(""));
  }

  @Test
  void givesUpWhenInterrupted() {
    server.always("mine", "out/put/a", Fault.stall(0));
    Thread.currentThread().interrupt();
    assertThrows(InterruptedIOException.class, () -> destination.put("a", ABC));
    assertThat(Thread.interrupted(), is(true));
  }

  @Test
  void gathersLinesIntoSegments() throws IOException {
    try (LineLog log = destination.log("j/x.jsonl")) {
      for (int i = 0; i < 600; i++) {
        log.append("line " + i);
      }
      assertThat(destination.list("j"), contains("j/x-000001.jsonl", "j/x-000002.jsonl"));
      log.flush();
      log.flush();
      log.append("one more");
      ticker.tick();
      log.append("last");
    }
    ticker.tick();
    assertThat(ticker.pauses(), contains(Duration.ofSeconds(30)));
    List<String> lines = new ArrayList<>();
    for (String path : destination.list("j")) {
      try (Stream<String> segment = LineLogs.lines(destination, path)) {
        segment.forEach(lines::add);
      }
    }
    assertThat(destination.list("j").size(), is(5));
    assertThat(lines.size(), is(602));
    assertThat(lines.get(599), is("line 599"));
    assertThat(lines.subList(600, 602), contains("one more", "last"));
    assertThrows(FileAlreadyExistsException.class, () -> destination.log("j/x.jsonl"));
  }

  @Test
  void numbersSegmentsBeforeTheExtension() throws IOException {
    try (LineLog log = destination.log("a.b/c.d.log")) {
      log.append("one");
    }
    assertThat(destination.list(""), contains("a.b/c.d-000001.log"));
    assertThrows(FileAlreadyExistsException.class, () -> destination.log("a.b/c.d.log"));
  }

  @Test
  void keepsLinesThatCouldNotBePut() throws IOException {
    try (LineLog log = destination.log("x.jsonl")) {
      server.script("mine", "out/put/x-000001.jsonl", Fault.error(400, "BadDigest"));
      log.append("one");
      ticker.tick();
      assertThat(destination.list(""), is(empty()));
    }
    assertArrayEquals("one\n".getBytes(UTF_8), server.get("mine", "out/put/x-000001.jsonl").get());
  }

  @Test
  void forgetsLinesThatOthersHaveWrittenDown() throws IOException {
    try (LineLog log = destination.log("x.jsonl")) {
      log.append("kept");
      log.flush();
      log.append("forgotten");
      log.discard();
    }
    ticker.tick();
    assertThat(destination.list(""), contains("x-000001.jsonl"));
    assertArrayEquals("kept\n".getBytes(UTF_8), server.get("mine", "out/put/x-000001.jsonl").get());
  }

  @Test
  void holdsALockUntilItIsClosed() throws IOException {
    RunLocks locks = destination.runLocks();
    assertThat(locks.runs(), is(empty()));
    assertThat(locks.isHeld(RUN), is(false));
    try (RunLock lock = locks.acquire(RUN)) {
      assertThat(locks.isHeld(RUN), is(true));
      assertThat(locks.runs(), contains(lock.run()));
      assertThat(destination.list(""), is(empty()));
      assertThrows(FileAlreadyExistsException.class, () -> locks.acquire(RUN));
      server.delete("mine", LOCK);
      ticker.tick();
      assertThat(locks.isHeld(RUN), is(true));
    }
    ticker.tick();
    assertThat(locks.isHeld(RUN), is(false));
    assertThat(server.get("mine", LOCK), is(Optional.empty()));
    assertThat(ticker.pauses(), contains(Duration.ofSeconds(15)));
  }

  @Test
  void whoJoinsARunRenewsItsLockOnlyIfNobodyElseDoesAndNeverAfterItsEnd() throws IOException {
    RunLocks locks = destination.runLocks();
    assertThrows(UnknownRunException.class, () -> locks.join(RUN));
    RunLock begun = locks.acquire(RUN);
    try (RunLock joined = locks.join(RUN)) {
      begun.leave();
      int renewals = server.count("PUT", "mine", LOCK);
      ticker.tick();
      assertThat(server.count("PUT", "mine", LOCK), is(renewals));
      script("Thu, 01 Jan 2015 00:00:00 GMT", "Thu, 01 Jan 2015 00:00:16 GMT");
      ticker.tick();
      assertThat(server.count("PUT", "mine", LOCK), is(renewals + 1));
      locks.end(joined.run());
      ticker.tick();
      assertThat(locks.isHeld(RUN), is(false));
    }
    assertThat(locks.isHeld(RUN), is(false));
  }

  @Test
  void aRunThatWasLeftIsHeldForSomeTimeAndAfterEachThatWorkedForIt() throws IOException {
    String left = LOCK + ".left";
    RunLocks locks = destination.runLocks();
    locks.acquire(RUN).leave();
    server.delete("mine", LOCK);
    assertThat(locks.isHeld(RUN), is(true));
    server.script(
        "mine",
        left,
        Fault.none()
            .header("Last-Modified", "Thu, 01 Jan 2015 00:00:00 GMT")
            .header("Date", "Thu, 01 Jan 2015 00:10:01 GMT")
            .on("HEAD"));
    assertThat(locks.isHeld(RUN), is(false));
    int marks = server.count("PUT", "mine", left);

    locks.end(RUN);

    assertThat(server.count("PUT", "mine", left), is(marks));
    assertThat(locks.isHeld(RUN), is(false));
    assertThat(server.get("mine", left), is(Optional.empty()));
  }

  /** A server that takes no logs for a while would cost the run its lock, and another begin. */
  @Test
  @Timeout(60)
  void renewsALockWhileALogWaitsForTheServer() throws Exception {
    String segment = "out/put/logs/x-000001.log";
    server.holdUntilHealed("PUT", "mine", "out/put/logs/");
    Destination own =
        new S3Destination(client, S3Prefix.parse("s3://mine/out/put"), RUN, QuickTicker::new);
    try (RunLock held = own.runLocks().acquire(RUN);
        LineLog log = own.log("logs/x.log")) {
      log.append("one");
      await(() -> server.count("PUT", "mine", segment) == 1);
      int renewals = server.count("PUT", "mine", LOCK);

      await(() -> server.count("PUT", "mine", LOCK) >= renewals + 3);

      assertThat(held.run(), is(RUN));
      assertThat(server.count("PUT", "mine", segment), is(1));
      server.heal();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Thread.onSpinWait();
    }
  }

  /** Ticks with a thread of its own, a thousand times as often as it is told to. */
  private static final class QuickTicker implements Ticker {

    private final DaemonTicker ticker;

    QuickTicker(String name) {
      ticker = new DaemonTicker(name);
    }

    @Override
    public Tick every(Duration pause, Runnable action) {
      return ticker.every(pause.dividedBy(1000), action);
    }

    @Override
    public void close() {
      ticker.close();
    }
  }

  @Test
  void goesByTheServersClock() throws IOException {
    RunLocks locks = destination.runLocks();
    try (RunLock lock = locks.acquire(RUN)) {
      String modified = "Thu, 01 Jan 2015 00:00:00 GMT";
      script(modified, "Thu, 01 Jan 2015 00:00:59 GMT");
      assertThat(locks.isHeld(lock.run()), is(true));
      script(modified, "Thu, 01 Jan 2015 00:01:00 GMT");
      assertThat(locks.isHeld(lock.run()), is(false));
      assertThat(locks.deathShowsWithin(), is(Duration.ofMinutes(1)));
    }
  }

  private void script(String modified, String date) {
    server.script(
        "mine",
        LOCK,
        Fault.none().header("Last-Modified", modified).header("Date", date).on("HEAD"));
  }
}
