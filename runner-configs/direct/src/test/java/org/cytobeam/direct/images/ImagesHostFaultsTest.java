package org.cytobeam.direct.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3TestServer;
import org.cytobeam.transforms.images.Lookup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Images from a server that is not there, breaks off, stalls, is slow, is busy or fails. */
@Timeout(180)
final class ImagesHostFaultsTest {

  /** More than fail in a row before a run gives up. */
  private static final int MANY = 60;

  private static final int BUSY = 30;
  private static final List<Integer> PASSING = List.of(500, 502, 504, 408);

  @TempDir private Path folder;
  private FaultyBucket bucket;

  @BeforeEach
  void start() {
    bucket = new FaultyBucket(folder, Access.OPEN);
  }

  @AfterEach
  void stop() {
    bucket.close();
  }

  private static URI nobody() {
    try (S3TestServer gone = S3TestServer.start()) {
      return gone.endpoint();
    }
  }

  /** A label of 64 letters fits into no query (RFC 1035 §2.3.4): no name server is asked. */
  static Stream<Arguments> unreachable() {
    return Stream.of(nobody(), URI.create("http://" + "x".repeat(64) + ".invalid"))
        .flatMap(
            endpoint ->
                Stream.of(
                    Arguments.of(endpoint, Lookup.LIST), Arguments.of(endpoint, Lookup.HEAD)));
  }

  /** Fault N1. */
  @ParameterizedTest
  @MethodSource("unreachable")
  void aServerThatIsNotThereEndsTheRunAndTheSameCommandGoesOn(URI endpoint, Lookup lookup)
      throws Exception {
    bucket.put("a.jpg", FaultyBucket.SMALL);
    bucket.put("b.jpg", FaultyBucket.SMALL);

    CommandRun down = bucket.runAt(endpoint, lookup);

    bucket.assertAborted(down, "the server can't be reached", "run the same command again");
    assertThat(bucket.pictures(), is(anEmptyMap()));

    bucket.assertAllDone(bucket.run(lookup));
  }

  /** Fault N1. */
  @Test
  void aServerThatGoesInTheMiddleEndsTheRunAndTheSameCommandGoesOn() throws Exception {
    put(MANY);
    bucket.server.after(1, Fault.loseReply());

    CommandRun down = bucket.run(Lookup.LIST);

    assertThat(down.err(), containsString("50 requests in a row failed"));
    assertThat(down.err(), containsString("the server can't be reached"));
    assertThat(bucket.pictures(), is(anEmptyMap()));
    bucket.server.heal();
    bucket.assertAllDone(bucket.run(Lookup.LIST));
  }

  private void put(int images) {
    for (int i = 0; i < images; i++) {
      bucket.put(String.format(Locale.ROOT, "%02d.jpg", i), FaultyBucket.SMALL);
    }
  }

  /** Lets the first HEAD, if there is one, and the first GET of an object meet a fault. */
  private void scriptFirstOfEach(Lookup lookup, String name, Fault fault) {
    if (lookup == Lookup.HEAD || name.endsWith(".tif")) {
      bucket.script(name, fault.on("HEAD"));
    }
    bucket.script(name, fault.on("GET"));
  }

  /** Faults N1 and N2. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void whatBreaksOffIsGoneOnWith(Lookup lookup) throws Exception {
    Map<String, Fault> faults =
        Map.of(
            "closed", Fault.closeAfter(200),
            "lost", Fault.loseReply(),
            "none", Fault.closeAfter(0),
            "reset", Fault.resetAfter(200));
    faults.forEach(
        (name, fault) -> {
          bucket.put(name + ".jpg", FaultyBucket.SMALL);
          bucket.put(name + ".tif", FaultyBucket.LARGE);
          bucket.script(name + ".jpg", fault.on("GET"));
          bucket.script(name + ".tif", fault.on("GET"));
        });

    bucket.assertAllDone(bucket.run(lookup));

    assertThat(bucket.ranges("closed.jpg"), contains("all", "bytes=200-"));
    assertThat(bucket.ranges("lost.jpg"), contains("all", "all"));
    assertThat(bucket.ranges("none.jpg"), contains("all", "all"));
    assertThat(bucket.gets("reset.jpg"), is(2));
    for (String name : faults.keySet()) {
      assertThat(bucket.gets(name + ".tif"), is(FaultyBucket.RANGES + 1));
      assertThat(bucket.column("attempts").get(name + ".jpg"), is("2"));
      assertThat(bucket.column("attempts").get(name + ".tif"), is("2"));
    }
    assertThat("a rest", Set.copyOf(bucket.ranges("closed.tif")).size(), is(4));
    assertThat("the same range", Set.copyOf(bucket.ranges("lost.tif")).size(), is(3));
  }

  /** Fault N2. */
  @Test
  void whatAlwaysBreaksOffIsTruncatedAndNoFile() throws Exception {
    for (String name : List.of("closed", "reset")) {
      Fault fault = name.equals("reset") ? Fault.resetAfter(0) : Fault.closeAfter(0);
      for (String file : List.of(name + ".jpg", name + ".tif")) {
        boolean isLarge = file.endsWith(".tif");
        bucket.put(file, isLarge ? FaultyBucket.LARGE : FaultyBucket.SMALL);
        bucket.always(file, fault.on("GET"));
      }
    }
    bucket.put("sound.jpg", FaultyBucket.SMALL);

    bucket.assertLeft(
        bucket.run(Lookup.LIST),
        Map.of(
            "closed.jpg", "truncated",
            "closed.tif", "truncated",
            "reset.jpg", "truncated",
            "reset.tif", "truncated"));
    assertThat(bucket.gets("closed.jpg"), is(FaultyBucket.TRIES));
  }

  /** Fault N3. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void whatStallsIsAskedForAgain(Lookup lookup) throws Exception {
    for (String name : List.of("stalled", "late", "slow")) {
      bucket.put(name + ".jpg", FaultyBucket.SMALL);
    }
    bucket.put("stalled.tif", FaultyBucket.LARGE);
    Fault late = Fault.latency(Duration.ofMinutes(5));
    bucket.server.script(FaultyBucket.NAME, "", late.on("GET"));
    bucket.script("late.jpg", late, late.on("GET"));
    bucket.script("stalled.jpg", Fault.stall(100).on("GET"));
    bucket.script("slow.jpg", Fault.slow(1).on("GET"));
    bucket.script("stalled.tif", late.on("HEAD"), Fault.stall(100).on("GET"));

    bucket.assertAllDone(bucket.run(lookup, "--s3_attempt_timeout_seconds=1"));

    assertThat(bucket.ranges("stalled.jpg"), contains("all", "bytes=100-"));
    assertThat(bucket.gets("slow.jpg"), is(2));
    assertThat(bucket.gets("stalled.tif"), is(FaultyBucket.RANGES + 1));
    assertThat(bucket.pages(), is(lookup == Lookup.LIST ? 2 : 0));
  }

  /** Fault N3. */
  @Test
  void whatAlwaysStallsIsATimeout() throws Exception {
    bucket.put("a.jpg", FaultyBucket.SMALL);
    bucket.put("a.tif", FaultyBucket.LARGE);
    bucket.put("sound.jpg", FaultyBucket.SMALL);
    bucket.always("a.jpg", Fault.stall(100).on("GET"));
    bucket.always("a.tif", Fault.stall(0).on("GET"));

    bucket.assertLeft(
        bucket.run(Lookup.LIST, "--s3_attempt_timeout_seconds=0.5"),
        Map.of("a.jpg", "timeout", "a.tif", "timeout"));
    assertThat(bucket.gets("a.jpg"), is(FaultyBucket.TRIES));
  }

  /** Fault N3. */
  @Test
  void aListingThatAlwaysStallsEndsTheRun() throws Exception {
    bucket.put("a.jpg", FaultyBucket.SMALL);
    bucket.server.always(FaultyBucket.NAME, "", Fault.stall(30).on("GET"));

    bucket.assertAborted(
        bucket.run(Lookup.LIST, "--s3_attempt_timeout_seconds=0.5"),
        "took too long",
        "run the same command again");
    assertThat(bucket.pages(), is(FaultyBucket.TRIES));
  }

  /** Fault N4. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void aSlowLineGivesTheSameFiles(Lookup lookup) throws Exception {
    bucket.put("sliced.jpg", FaultyBucket.SMALL);
    bucket.put("late.jpg", FaultyBucket.SMALL);
    bucket.put("slow.jpg", FaultyBucket.SMALL);
    bucket.put("sliced.tif", FaultyBucket.LARGE);
    bucket.always("sliced.jpg", Fault.sliced(1));
    bucket.always("late.jpg", Fault.jitter(Duration.ofMillis(50), Duration.ofMillis(500), 7));
    bucket.always("slow.jpg", Fault.slow(10_000));
    bucket.always("sliced.tif", Fault.sliced(997));
    bucket.server.always(FaultyBucket.NAME, "", Fault.sliced(1));

    bucket.assertAllDone(bucket.run(lookup));

    assertThat(Set.copyOf(bucket.column("attempts").values()), is(Set.of("1")));
  }

  /** Fault N5. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void aServerThatAsksForAPauseGetsIt(Lookup lookup) throws Exception {
    Map<String, Fault> faults =
        Map.of(
            "bare.jpg", Fault.status(503),
            "date.jpg", Fault.status(503).retryAfter("Wed, 21 Oct 2015 07:28:00 GMT"),
            "nonsense.jpg", Fault.status(503).retryAfter("soon"),
            "seconds.jpg", Fault.status(429).retryAfter("1"),
            "bare.tif", Fault.status(503));
    faults.forEach(
        (name, fault) -> {
          bucket.put(name, name.endsWith(".tif") ? FaultyBucket.LARGE : FaultyBucket.SMALL);
          scriptFirstOfEach(lookup, name, fault);
        });
    bucket.server.script(FaultyBucket.NAME, "", Fault.status(503).retryAfter("0").on("GET"));

    bucket.assertAllDone(bucket.run(lookup));

    for (String name : faults.keySet()) {
      assertThat(name, bucket.gets(name), is(name.endsWith(".tif") ? 4 : 2));
    }
  }

  /** Fault N5. */
  @Test
  void aPauseOfADayIsNotWaitedFor() throws Exception {
    bucket.put("a.jpg", FaultyBucket.SMALL);
    bucket.always("a.jpg", Fault.status(503).retryAfter("86400").on("GET"));

    bucket.assertLeft(
        bucket.run(Lookup.LIST, "--s3_call_timeout_seconds=2"), Map.of("a.jpg", "throttled"));
    assertThat(bucket.gets("a.jpg"), is(1));
  }

  /** Fault N6. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void aServerThatIsBusyForAWhileIsWaitedFor(Lookup lookup) throws Exception {
    put(BUSY);
    int requests = lookup == Lookup.LIST ? BUSY + 1 : 2 * BUSY;
    bucket.server.shareOfNext(requests, 0.3, Fault.status(503));

    bucket.assertAllDone(bucket.run(lookup));

    int sent = bucket.server.requests().size();
    assertThat(sent, is(greaterThanOrEqualTo(requests + requests * 3 / 10)));
    assertThat(sent, is(lessThan(requests * 3 / 2)));
  }

  /** Fault N7. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void whatMayPassIsTriedAgain(Lookup lookup) throws Exception {
    for (int status : PASSING) {
      bucket.put(status + ".jpg", FaultyBucket.SMALL);
      bucket.put(status + ".tif", FaultyBucket.LARGE);
      scriptFirstOfEach(lookup, status + ".jpg", Fault.status(status));
      scriptFirstOfEach(lookup, status + ".tif", Fault.status(status));
    }

    bucket.server.script(
        FaultyBucket.NAME, "", Fault.status(500).on("GET"), Fault.status(408).on("GET"));

    bucket.assertAllDone(bucket.run(lookup));

    for (int status : PASSING) {
      assertThat(bucket.gets(status + ".jpg"), is(2));
      assertThat(bucket.gets(status + ".tif"), is(FaultyBucket.RANGES + 1));
    }
    assertThat(bucket.pages(), is(lookup == Lookup.LIST ? 3 : 0));
  }

  /** Fault N7. */
  @Test
  void whatNoOtherTryMendsIsAskedForOnce() throws Exception {
    Map<Integer, String> classes =
        Map.of(
            400, "source_error",
            403, "denied",
            404, "missing",
            410, "missing",
            416, "source_error");
    Map<String, String> failures = new TreeMap<>();
    classes.forEach(
        (status, failureClass) -> {
          bucket.put(status + ".jpg", FaultyBucket.SMALL);
          bucket.always(status + ".jpg", Fault.status(status));
          failures.put(status + ".jpg", failureClass);
        });
    bucket.put("404.tif", FaultyBucket.LARGE);
    bucket.always("404.tif", Fault.status(404));
    failures.put("404.tif", "missing");
    bucket.put("sound.jpg", FaultyBucket.SMALL);

    bucket.assertLeft(bucket.run(Lookup.LIST), failures);

    for (int status : classes.keySet()) {
      assertThat(bucket.gets(status + ".jpg"), is(1));
    }
    assertThat(bucket.heads("404.tif"), is(1));
    assertThat(bucket.gets("404.tif"), is(0));
  }
}
