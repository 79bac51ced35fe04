package org.cytobeam.io.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.Hash;
import org.cytobeam.io.limits.HostLimits;
import org.cytobeam.io.limits.Scheduler;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.RecordedRequest;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** Listings are whole and in order whatever happens to their pages, or fail. */
@Timeout(60)
class S3ObjectListerTest {

  private static final String BUCKET = "pictures";
  private static final int KEYS = 25;

  private final S3TestServer server = S3TestServer.start().bucket(BUCKET);
  private final S3ObjectLister lister =
      new S3ObjectLister(
          S3Settings.builder()
              .setEndpoint(server.endpoint())
              .setRetryDelay(Duration.ofMillis(1))
              .setMaxRetryDelay(Duration.ofMillis(10))
              .setMaxAttempts(3)
              .setReadTimeout(Duration.ofMillis(500))
              .build(),
          () -> AwsBasicCredentials.create("anybody", "secret"),
          new HostLimits(Scheduler.system()));

  @AfterEach
  void stop() {
    lister.close();
    server.close();
  }

  private static String key(int i) {
    return String.format("images/%03d.png", i);
  }

  private static List<String> keys(int from, int to) {
    return IntStream.range(from, to).mapToObj(S3ObjectListerTest::key).toList();
  }

  /** Puts 25 objects, and lets the server list 10 on a page. */
  private void putThreePages() {
    for (int i = 0; i < KEYS; i++) {
      server.put(BUCKET, key(i), new byte[i]);
    }
    server.always(BUCKET, "", Fault.page(10));
  }

  private List<String> list(String prefix, String after) throws IOException {
    List<String> found = new ArrayList<>();
    lister.list(BUCKET, prefix, after, object -> found.add(object.key()));
    return found;
  }

  private FetchException assertFails(Reason reason) {
    FetchException failure = assertThrows(FetchException.class, () -> list("images/", ""));
    assertThat(failure.getMessage(), failure.reason(), is(reason));
    assertThat(failure.getMessage(), startsWith("s3://pictures/images/: "));
    return failure;
  }

  @Test
  void tellsWhatTheBucketTells() throws Exception {
    server.put(BUCKET, "folder/", new byte[0]);
    server.put(BUCKET, "folder/a.png", new byte[] {1, 2, 3}, "0123-2");
    List<ListedObject> found = new ArrayList<>();
    long requests = lister.list(BUCKET, "", "", found::add);
    assertThat(requests, is(1L));
    assertThat(
        found,
        is(
            List.of(
                new ListedObject("folder/", 0, Hash.MD5.hex(new byte[0]), found.get(0).modified()),
                new ListedObject("folder/a.png", 3, "0123-2", found.get(1).modified()))));
    ListedObject looked = lister.look(BUCKET, "folder/a.png").get(30, TimeUnit.SECONDS).get();
    assertThat(looked.bytes(), is(3L));
    assertThat(looked.etag(), is("0123-2"));
    assertThat(looked.modified(), is(found.get(1).modified() / 1000 * 1000));
  }

  @Test
  void goesThroughAllPages() throws Exception {
    putThreePages();
    List<String> found = new ArrayList<>();
    long requests = lister.list(BUCKET, "images/", "", object -> found.add(object.key()));
    assertThat(found, is(keys(0, KEYS)));
    assertThat(requests, is(3L));
    assertThat(server.count("GET", BUCKET, ""), is(3));
  }

  @Test
  void beginsBehindAKeyAndKeepsToThePrefix() throws Exception {
    putThreePages();
    server.put(BUCKET, "imagesque", new byte[1]);
    server.put(BUCKET, "a", new byte[1]);
    assertThat(list("images/", key(7)), is(keys(8, KEYS)));
    assertThat(list("images/", key(7) + "x"), is(keys(8, KEYS)));
    assertThat(list("images/01", ""), is(keys(10, 20)));
    assertThat(list("none", ""), is(empty()));
  }

  @Test
  void endsWhenTheVisitorHasSeenEnough() throws Exception {
    putThreePages();
    List<String> found = new ArrayList<>();
    lister.list(BUCKET, "", "", o -> found.add(o.key()) && found.size() < 4);
    assertThat(found, is(keys(0, 4)));
  }

  @Test
  void readsKeysThatXmlHasNoWayToCarry() throws Exception {
    List<String> keys =
        List.of(
            "a\u0001b",
            "a\tb\nc",
            "a b+c%2F",
            "a&<>\"'",
            "e\u0301",
            "\u00e9",
            "\ufffd",
            "\ud83d\ude00");
    keys.forEach(key -> server.put(BUCKET, key, new byte[1]));
    server.always(BUCKET, "", Fault.page(1));
    assertThat(list("", ""), is(server.keys(BUCKET)));
    assertThat(list("", "").size(), is(keys.size()));
    assertThat(list("a b+c%", ""), is(List.of("a b+c%2F")));
    assertThat(list("", "\ufffd"), is(List.of("\ud83d\ude00")));
  }

  @Test
  void ordersKeysByTheirBytes() {
    List<String> keys =
        List.of(
            "",
            "a",
            "a\u0000",
            "ab",
            "b",
            "\ud7ff",
            "\ue000",
            "\uffff",
            "\ud800\udc00",
            "\udbff\udfff");
    for (String a : keys) {
      for (String b : keys) {
        int expected = Integer.signum(Integer.compare(keys.indexOf(a), keys.indexOf(b)));
        assertThat(a + " " + b, Integer.signum(KeyOrder.UTF_8.compare(a, b)), is(expected));
      }
    }
    assertThat(
        "\ue000".getBytes(StandardCharsets.UTF_8)[0]
            < "\ud800\udc00".getBytes(StandardCharsets.UTF_8)[0],
        is(true));
  }

  @Test
  void showsEachKeyOnceThoughPagesOverlap() throws Exception {
    putThreePages();
    server.always(BUCKET, "", Fault.page(10).and(Fault.overlap()));
    assertThat(list("images/", ""), is(keys(0, KEYS)));
  }

  static Stream<Fault> lostPages() {
    return Stream.of(
        Fault.status(503),
        Fault.status(500),
        Fault.error(200, "InternalError"),
        Fault.loseReply(),
        Fault.resetAfter(200),
        Fault.closeAfter(200),
        Fault.stall(200),
        Fault.stall(0),
        Fault.body(200, "text/html", "<html><body>Please log in</body></html>"),
        Fault.body(200, "text/html", "<!DOCTYPE html><html><br><p>Please log in</html>"),
        Fault.body(200, "application/xml", "<?xml version=\"1.0\"?><ListBucketResult><Cont"),
        Fault.body(200, "application/xml", "nonsense"),
        Fault.body(200, "application/xml", ""),
        Fault.body(202, "application/xml", ""),
        Fault.body(200, "application/xml", page("images/010.png", 2, "more")),
        Fault.body(200, "application/xml", page("other/010.png", 1, "more")),
        Fault.body(200, "application/xml", page("images/010.png", 1, "")));
  }

  private static String page(String key, int count, String next) {
    return "<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>true</IsTruncated><KeyCount>"
        + count
        + "</KeyCount><NextContinuationToken>"
        + next
        + "</NextContinuationToken><Contents><Key>"
        + key
        + "</Key><Size>1</Size></Contents></ListBucketResult>";
  }

  @ParameterizedTest
  @MethodSource("lostPages")
  void asksAgainForAPageThatIsLost(Fault fault) throws Exception {
    putThreePages();
    server.script(BUCKET, "", Fault.page(10), fault);
    List<String> found = new ArrayList<>();
    long requests = lister.list(BUCKET, "images/", "", object -> found.add(object.key()));
    assertThat(found, is(keys(0, KEYS)));
    assertThat(requests, is(4L));
    List<RecordedRequest> asked = server.requests();
    assertThat(asked.get(2).query(), is(asked.get(1).query()));
  }

  @ParameterizedTest
  @MethodSource("lostPages")
  void failsWhenAPageIsLostAgainAndAgain(Fault fault) {
    putThreePages();
    server.script(BUCKET, "", Fault.page(10));
    server.always(BUCKET, "", fault);
    List<String> found = new ArrayList<>();
    FetchException failure =
        assertThrows(
            FetchException.class,
            () -> lister.list(BUCKET, "images/", "", object -> found.add(object.key())));
    assertThat(failure.getMessage(), failure.retryable(), is(true));
    assertThat(failure.attempts(), is(3));
    assertThat(found, is(keys(0, 10)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"images/000.png", "images/012.png"})
  void failsWhenTheListingGoesInACircle(String key) {
    putThreePages();
    server.script(BUCKET, "", Fault.page(10));
    server.always(BUCKET, "", Fault.body(200, "application/xml", page(key, 1, "more")));
    FetchException failure = assertFails(Reason.FAILED);
    assertThat(failure.getMessage(), containsString("the listing doesn't move on"));
  }

  @Test
  void failsWhenKeysComeInNoOrder() {
    String contents = "<Contents><Key>b</Key><Size>1</Size></Contents>";
    String other = "<Contents><Key>a</Key><Size>1</Size></Contents>";
    server.always(
        BUCKET,
        "",
        Fault.body(
            200,
            "application/xml",
            "<ListBucketResult><IsTruncated>false</IsTruncated>"
                + contents
                + other
                + "</ListBucketResult>"));
    FetchException failure = assertThrows(FetchException.class, () -> list("", ""));
    assertThat(failure.reason(), is(Reason.FAILED));
    assertThat(failure.getMessage(), containsString("\"a\" is listed behind \"b\""));
    assertThat(server.count("GET", BUCKET, ""), is(1));
  }

  @Test
  void asksForTheNextPageWhileThisOneIsLookedAt() throws Exception {
    putThreePages();
    List<String> found = new ArrayList<>();
    lister.list(
        BUCKET,
        "",
        "",
        object -> {
          while (found.isEmpty() && server.requests().size() < 2) {
            Thread.onSpinWait();
          }
          return found.add(object.key());
        });
    assertThat(found, is(keys(0, KEYS)));
  }

  @Test
  void endsWhenItsThreadIsInterrupted() {
    putThreePages();
    server.holdUntilHealed("GET", BUCKET, "");
    Thread.currentThread().interrupt();
    assertThrows(InterruptedIOException.class, () -> list("", ""));
    assertThat(Thread.interrupted(), is(true));
  }

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchBucket, MISSING",
    "403, AccessDenied, DENIED",
    "400, ExpiredToken, CREDENTIALS_EXPIRED",
    "400, InvalidArgument, FAILED"
  })
  void saysWhyABucketCantBeListed(int status, String code, Reason reason) {
    server.always(BUCKET, "", Fault.error(status, code));
    FetchException failure = assertFails(reason);
    assertThat(failure.getMessage(), containsString(code));
    assertThat(server.count("GET", BUCKET, ""), is(1));
  }

  @Test
  void refusesNamesThatNoBucketHas() {
    FetchException failure =
        assertThrows(FetchException.class, () -> lister.list("Not A Bucket", "", "", o -> true));
    assertThat(failure.reason(), is(Reason.BAD_ADDRESS));
    assertThat(looked("Not A Bucket", "key").reason(), is(Reason.BAD_ADDRESS));
  }

  private FetchException looked(String bucket, String key) {
    CompletableFuture<Optional<ListedObject>> look = lister.look(bucket, key);
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> look.get(30, TimeUnit.SECONDS));
    return FetchException.of(key, e);
  }

  @Test
  void findsThatThereIsNoSuchObject() throws Exception {
    assertThat(lister.look(BUCKET, "none").get(30, TimeUnit.SECONDS), is(Optional.empty()));
    assertThat(server.count("HEAD", BUCKET, "none"), is(1));
  }

  @Test
  void looksAgainWhenTheServerFails() throws Exception {
    server.put(BUCKET, "a", new byte[5]);
    server.script(BUCKET, "a", Fault.status(503), Fault.loseReply());
    assertThat(lister.look(BUCKET, "a").get(30, TimeUnit.SECONDS).get().bytes(), is(5L));
    assertThat(server.count("HEAD", BUCKET, "a"), is(3));
  }

  @Test
  void findsOutThatCredentialsHaveExpired() {
    server.bucket("expired", Access.EXPIRED);
    assertThat(looked("expired", "a").reason(), is(Reason.CREDENTIALS_EXPIRED));
    assertThat(server.count("HEAD", "expired", "a"), is(1));
    assertThat(server.count("GET", "expired", "a"), is(1));
  }

  @Test
  void saysThatAnObjectIsNotForThisUser() {
    server.bucket("signed", Access.SIGNED);
    FetchException failure = looked("signed", "a");
    assertThat(failure.reason(), is(Reason.DENIED));
    assertThat(failure.getMessage(), containsString("InvalidAccessKeyId"));
  }

  @Test
  void keepsToTheRefusalWhenAByteMayBeRead() {
    server.put(BUCKET, "a", new byte[100_000_000]);
    server.always(BUCKET, "a", Fault.status(403).on("HEAD"));
    server.script(BUCKET, "a", Fault.ignoring("Range").on("GET"));
    assertThat(looked(BUCKET, "a").reason(), is(Reason.DENIED));
  }
}
