package org.cytobeam.io.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.cytobeam.io.bytes.ByteFetcher;
import org.cytobeam.io.bytes.Crc64Nvme;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.io.bytes.Integrity;
import org.cytobeam.io.limits.ByteWindow;
import org.cytobeam.io.limits.HostLimits;
import org.cytobeam.io.limits.Scheduler;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.RecordedRequest;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

@Timeout(value = 60)
class S3ByteFetcherTest {

  private static final int MAX_BYTES = 1_000_000;
  private static final String GALLERY = "cellpainting-gallery";
  private static final String URI_OF_IMAGE = "s3://" + GALLERY + "/image.tif";

  private static final List<S3ByteFetcher> FETCHERS = new CopyOnWriteArrayList<>();

  private final byte[] image = new byte[300_000];
  private S3TestServer server;
  private ByteFetcher fetcher;

  @BeforeEach
  void start() {
    new Random(1).nextBytes(image);
    server = S3TestServer.start().bucket(GALLERY, Access.UNSIGNED);
    server.put(GALLERY, "image.tif", image);
    fetcher = fetcher(settings().setPublicBuckets(Set.of(GALLERY, "open-bucket")).build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Closes all clients at once: each takes two seconds to let its threads come to rest. */
  @AfterAll
  static void closeFetchers() {
    FETCHERS.parallelStream().forEach(S3ByteFetcher::close);
  }

  private S3Settings.Builder settings() {
    return S3Settings.builder()
        .setEndpoint(server.endpoint())
        .setRetryDelay(Duration.ofMillis(1))
        .setMaxRetryDelay(Duration.ofMillis(10))
        .setMaxAttempts(3)
        .setReadTimeout(Duration.ofSeconds(10));
  }

  /** Returns a fetcher that fails the test when it looks for credentials that nobody set. */
  private static ByteFetcher fetcher(S3Settings settings) {
    return fetcher(
        settings,
        () -> {
          throw new AssertionError("credentials were looked for");
        });
  }

  private static ByteFetcher fetcher(S3Settings settings, AwsCredentialsProvider credentials) {
    S3ByteFetcher fetcher =
        new S3ByteFetcher(
            settings,
            credentials,
            MAX_BYTES,
            new HostLimits(Scheduler.system()),
            ByteWindow.ofHeap());
    FETCHERS.add(fetcher);
    return fetcher;
  }

  private FetchedBytes fetch(String uri) throws Exception {
    return fetcher.fetch(uri).get(30, TimeUnit.SECONDS);
  }

  private FetchException failure(String uri) {
    ExecutionException e = assertThrows(ExecutionException.class, () -> fetch(uri));
    FetchException failure = FetchException.of(uri, e);
    assertThat(failure.getMessage(), startsWith(uri + ": "));
    return failure;
  }

  private void assertFails(Reason reason, int attempts) {
    FetchException failure = failure(URI_OF_IMAGE);
    assertThat(failure.getMessage(), failure.reason(), is(reason));
    assertThat(failure.getMessage(), failure.attempts(), is(attempts));
    assertThat(server.requests(GALLERY, "image.tif").size(), is(attempts));
  }

  @Test
  void provesAWholeObjectByItsEtag() throws Exception {
    FetchedBytes fetched = fetch(URI_OF_IMAGE);
    assertThat(Arrays.equals(fetched.bytes(), image), is(true));
    assertThat(fetched.integrity(), is(Integrity.ETAG_MD5));
    assertThat(fetched.identity().length(), is(32));
    assertThat(fetched.attempts(), is(1));
    assertThat(server.requests().stream().anyMatch(RecordedRequest::signed), is(false));
  }

  @Test
  void tellsALengthByOneHeadRequest() throws Exception {
    assertThat(fetcher.length(URI_OF_IMAGE).get(30, TimeUnit.SECONDS), is(300_000L));
    assertThat(server.count("HEAD", GALLERY, "image.tif"), is(1));
    assertThat(server.requests().size(), is(1));
    assertThat(server.requests().get(0).signed(), is(false));
  }

  @Test
  void asksForALengthAgainWhenTheServerFails() throws Exception {
    server.script(
        GALLERY, "image.tif", Fault.error(503, "SlowDown"), Fault.status(500), Fault.none());

    assertThat(fetcher.length(URI_OF_IMAGE).get(30, TimeUnit.SECONDS), is(300_000L));
    assertThat(server.requests().size(), is(3));
  }

  @ParameterizedTest
  @CsvSource({"404, MISSING, 1", "403, DENIED, 1", "500, SERVER_ERROR, 3"})
  void saysWhyALengthCantBeHad(int status, Reason reason, int attempts) {
    server.always(GALLERY, "image.tif", Fault.status(status));

    CompletableFuture<Long> asked = fetcher.length(URI_OF_IMAGE);
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> asked.get(30, TimeUnit.SECONDS));

    FetchException failure = FetchException.of(URI_OF_IMAGE, e);
    assertThat(failure.getMessage(), startsWith(URI_OF_IMAGE + ": "));
    assertThat(failure.reason(), is(reason));
    assertThat(failure.attempts(), is(attempts));
  }

  @Test
  void fetchesAnEmptyObject() throws Exception {
    server.put(GALLERY, "empty", new byte[0]);
    assertThat(fetch("s3://" + GALLERY + "/empty").bytes().length, is(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "r 01#?%+&=.tif",
        "ü/日本/\uD83D\uDD2C",
        "a//b",
        "%2F",
        "BR00__2021-08-23T22_32_02-Measurement1/r01c01f01p01-ch1sk1fk1fl1.tiff"
      })
  void takesKeysAsTheyStand(String key) throws Exception {
    server.put(GALLERY, key, image);
    assertThat(Arrays.equals(fetch("s3://" + GALLERY + "/" + key).bytes(), image), is(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
  void provesAnObjectByTheChecksumThatTheServerKeeps(String algorithm) throws Exception {
    server.bucket("open-bucket");
    S3Settings signing =
        settings().setPublicBuckets(Set.of()).setCredentials(testCredentials()).build();
    try (S3AsyncClient client = S3Clients.async(signing)) {
      client
          .putObject(
              r ->
                  r.bucket("open-bucket")
                      .key("k")
                      .checksumAlgorithm(ChecksumAlgorithm.valueOf(algorithm)),
              AsyncRequestBody.fromBytes(image))
          .get(30, TimeUnit.SECONDS);
    }
    assertThat(fetch("s3://open-bucket/k").integrity(), is(Integrity.CHECKSUM));

    server.always("open-bucket", "k", Fault.flipBit(7));
    FetchException failure = failure("s3://open-bucket/k");
    assertThat(failure.reason(), is(Reason.CHECKSUM));
    assertThat(failure.attempts(), is(3));
  }

  @ParameterizedTest
  @CsvSource({
    "d41d8cd98f00b204e9800998ecf8427e-12,",
    "0123456789abcdef0123456789abcdef,aws:kms",
    "0123456789abcdef0123456789abcdef,aws:kms:dsse",
    "not-a-digest,"
  })
  void takesNoEtagForAnMd5ThatIsNone(String etag, String encryption) throws Exception {
    server.put(GALLERY, "image.tif", image, etag);
    if (encryption != null) {
      server.always(
          GALLERY, "image.tif", Fault.none().header("x-amz-server-side-encryption", encryption));
    }
    FetchedBytes fetched = fetch(URI_OF_IMAGE);
    assertThat(fetched.integrity(), is(Integrity.LENGTH));
    assertThat(fetched.identity(), is(etag));
  }

  @Test
  void triesAgainWhenTheServerIsBusyOrFailsOrBreaksOff() throws Exception {
    server.script(GALLERY, "image.tif", Fault.status(503), Fault.resetAfter(100_000), Fault.none());
    FetchedBytes fetched = fetch(URI_OF_IMAGE);
    assertThat(Arrays.equals(fetched.bytes(), image), is(true));
    assertThat(fetched.attempts(), is(3));

    server.script(GALLERY, "image.tif", Fault.status(500), Fault.closeAfter(100_000), Fault.none());
    assertThat(fetch(URI_OF_IMAGE).attempts(), is(3));
  }

  @ParameterizedTest
  @CsvSource({
    "503,SlowDown,THROTTLED",
    "429,TooManyRequests,THROTTLED",
    "500,InternalError,SERVER_ERROR",
    "502,BadGateway,SERVER_ERROR",
    "504,GatewayTimeout,SERVER_ERROR",
    "408,RequestTimeout,TIMEOUT",
    "400,RequestTimeout,TIMEOUT"
  })
  void givesUpWhenTheTriesAreUsedUp(int status, String code, Reason reason) {
    server.always(GALLERY, "image.tif", Fault.error(status, code));
    assertFails(reason, 3);
    assertThat(reason.retryable(), is(true));
  }

  @ParameterizedTest
  @CsvSource({
    "404,NoSuchKey,MISSING",
    "404,NoSuchBucket,MISSING",
    "403,AccessDenied,DENIED",
    "403,InvalidAccessKeyId,DENIED",
    "403,InvalidObjectState,DENIED",
    "400,ExpiredToken,CREDENTIALS_EXPIRED",
    "403,ExpiredToken,CREDENTIALS_EXPIRED",
    "403,ExpiredTokenException,CREDENTIALS_EXPIRED",
    "400,InvalidToken,CREDENTIALS_EXPIRED",
    "400,InvalidRequest,FAILED",
    "501,NotImplemented,FAILED"
  })
  void takesARefusalForAnAnswer(int status, String code, Reason reason) {
    server.always(GALLERY, "image.tif", Fault.error(status, code));
    assertFails(reason, 1);
    assertThat(failure(URI_OF_IMAGE).getMessage(), containsString(code + ", status " + status));
  }

  @Test
  void saysThatTheConnectionBrokeInTheMiddle() {
    server.always(GALLERY, "image.tif", Fault.resetAfter(90_000));
    assertFails(Reason.TRUNCATED, 3);
  }

  @Test
  void saysThatTheConnectionClosedInTheMiddle() {
    server.always(GALLERY, "image.tif", Fault.closeAfter(90_000));
    assertFails(Reason.TRUNCATED, 3);
  }

  @Test
  void saysThatNoAnswerCame() {
    server.always(GALLERY, "image.tif", Fault.loseReply());
    assertFails(Reason.UNREACHABLE, 3);
  }

  @Test
  void saysThatTheServerIsNotThere() throws Exception {
    server.close();
    fetcher = fetcher(settings().setEndpoint(URI.create("http://127.0.0.1:1")).build());
    FetchException failure = failure(URI_OF_IMAGE);
    assertThat(failure.getMessage(), failure.reason(), is(Reason.UNREACHABLE));
  }

  @Test
  void givesUpAStalledAnswerAndTriesAgain() throws Exception {
    fetcher = fetcher(settings().setReadTimeout(Duration.ofMillis(500)).build());
    server.script(GALLERY, "image.tif", Fault.stall(100_000));
    assertThat(fetch(URI_OF_IMAGE).attempts(), is(2));
  }

  @Test
  void saysThatEveryAnswerStalled() throws Exception {
    fetcher = fetcher(settings().setReadTimeout(Duration.ofMillis(500)).build());
    server.always(GALLERY, "image.tif", Fault.stall(90_000));
    assertFails(Reason.TIMEOUT, 3);
  }

  @Test
  void givesUpAnAnswerThatTricklesForLongerThanAnAttemptMayTake() throws Exception {
    fetcher = fetcher(settings().setAttemptTimeout(Duration.ofMillis(700)).build());
    server.always(GALLERY, "image.tif", Fault.slow(10_000));
    assertFails(Reason.TIMEOUT, 3);
  }

  @Test
  void givesUpAFetchThatTakesTooLongInAll() {
    fetcher = fetcher(settings().setCallTimeout(Duration.ofMillis(300)).build());
    server.always(GALLERY, "image.tif", Fault.slow(10_000));
    assertThat(failure(URI_OF_IMAGE).reason(), is(Reason.TIMEOUT));
  }

  @Test
  void waitsAsLongAsTheServerAsksButNoLongerThanTheLimit() throws Exception {
    server.script(GALLERY, "image.tif", Fault.status(503).retryAfter("86400"));
    fetcher = fetcher(settings().setMaxRetryDelay(Duration.ofMillis(400)).build());
    assertThat(fetch(URI_OF_IMAGE).attempts(), is(2));
    var requests = server.requests(GALLERY, "image.tif");
    Duration pause = Duration.between(requests.get(0).time(), requests.get(1).time());
    assertThat(pause, greaterThan(Duration.ofMillis(350)));
  }

  @Test
  void fetchesDamagedBytesAnewAndThenGivesUp() throws Exception {
    server.script(GALLERY, "image.tif", Fault.flipBit(0), Fault.flipBit(299_999));
    FetchedBytes fetched = fetch(URI_OF_IMAGE);
    assertThat(Arrays.equals(fetched.bytes(), image), is(true));
    assertThat(fetched.attempts(), is(3));

    server.clearLog();
    server.always(GALLERY, "image.tif", Fault.flipBit(150_000));
    assertFails(Reason.CHECKSUM, 3);
  }

  @Test
  void refusesAnObjectAboveTheLimitWithoutReadingIt() {
    server.always(GALLERY, "image.tif", Fault.contentLength(1L << 40).and(Fault.stall(1)));
    assertFails(Reason.TOO_LARGE, 1);
    assertThat(failure(URI_OF_IMAGE).getMessage(), containsString("1099511627776 bytes"));
    assertThat(server.bodyBytesSent(), lessThan(10L));
  }

  @Test
  void fetchesAnObjectExactlyAsLongAsTheLimit() throws Exception {
    server.put(GALLERY, "image.tif", new byte[MAX_BYTES]);
    assertThat(fetch(URI_OF_IMAGE).bytes().length, is(MAX_BYTES));
    server.put(GALLERY, "image.tif", new byte[MAX_BYTES + 1]);
    assertThat(failure(URI_OF_IMAGE).reason(), is(Reason.TOO_LARGE));
  }

  @Test
  void readsAPublicBucketUnsignedAndAnOwnOneSignedWithOneClient() throws Exception {
    server.bucket("own-bucket", Access.SIGNED).put("own-bucket", "k", image);
    fetcher = fetcher(settings().setCredentials(testCredentials()).build());
    assertThat(fetch(URI_OF_IMAGE).bytes().length, is(image.length));
    assertThat(fetch("s3://own-bucket/k").bytes().length, is(image.length));
    assertThat(server.requests(GALLERY, "image.tif").get(0).signed(), is(false));
    assertThat(server.requests("own-bucket", "k").get(0).signed(), is(true));
  }

  private static StaticCredentials testCredentials() {
    return new StaticCredentials(S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY, null);
  }

  @Test
  void countsABucketAsPublicWhenToldSo() throws Exception {
    server.bucket("my-public", Access.UNSIGNED).put("my-public", "k", image);
    fetcher = fetcher(settings().setPublicBuckets(Set.of("my-public")).build());
    assertThat(fetch("s3://my-public/k").bytes().length, is(image.length));
  }

  @Test
  void saysThatCredentialsHaveExpired() throws Exception {
    server.bucket("own-bucket", Access.EXPIRED).put("own-bucket", "k", image);
    fetcher = fetcher(settings().setCredentials(testCredentials()).build());
    FetchException failure = failure("s3://own-bucket/k");
    assertThat(failure.reason(), is(Reason.CREDENTIALS_EXPIRED));
    assertThat(failure.getMessage(), containsString("renew"));
    assertThat(failure.attempts(), is(1));
  }

  @Test
  void saysThatThereAreNoCredentials() throws Exception {
    server.bucket("own-bucket", Access.SIGNED);
    fetcher =
        fetcher(
            settings().build(),
            () -> {
              throw SdkClientException.create("Unable to load credentials from any provider");
            });
    FetchException failure = failure("s3://own-bucket/k");
    assertThat(failure.getMessage(), failure.reason(), is(Reason.NO_CREDENTIALS));
    assertThat(failure.attempts(), is(0));
    assertThat(server.requests().size(), is(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "image.tif", "http://x/y", "s3://UPPER/k", "s3://bucket", "s3://bucket/"})
  void refusesWhatIsNoAddressOfAnObject(String uri) {
    FetchException failure = failure(uri);
    assertThat(failure.reason(), is(Reason.BAD_ADDRESS));
    assertThat(failure.attempts(), is(0));
  }

  /** S3 keeps this one of each object that says nothing else. */
  @Test
  void provesAnObjectByItsCrc64Nvme() throws Exception {
    Crc64Nvme crc = new Crc64Nvme();
    crc.update(image);
    String kept =
        Base64.getEncoder()
            .encodeToString(ByteBuffer.allocate(Long.BYTES).putLong(crc.getValue()).array());
    server.always(
        GALLERY,
        "image.tif",
        Fault.etag("0123456789abcdef0123456789abcdef-2")
            .header("x-amz-checksum-crc64nvme", kept)
            .header("x-amz-checksum-type", "FULL_OBJECT"));
    server.script(GALLERY, "image.tif", Fault.flipBit(77));

    FetchedBytes fetched = fetch(URI_OF_IMAGE);

    assertThat(Arrays.equals(fetched.bytes(), image), is(true));
    assertThat(fetched.integrity(), is(Integrity.CHECKSUM));
    assertThat(fetched.attempts(), is(2));
  }

  @Test
  void tellsHowAnObjectIsEncodedAndLeavesItSo() throws Exception {
    assertThat(fetch(URI_OF_IMAGE).contentEncoding(), is(""));
    server.always(GALLERY, "image.tif", Fault.none().header("Content-Encoding", "x-gzip"));

    FetchedBytes fetched = fetch(URI_OF_IMAGE);

    assertThat(fetched.contentEncoding(), is("x-gzip"));
    assertThat(Arrays.equals(fetched.bytes(), image), is(true));
    assertThat(fetched.integrity(), is(Integrity.ETAG_MD5));
  }

  @Test
  void handsAWebPageOverAsItIs() throws Exception {
    server.script(GALLERY, "image.tif", Fault.body(200, "text/html", "<html>"));
    FetchedBytes fetched = fetch(URI_OF_IMAGE);
    assertThat(new String(fetched.bytes(), UTF_8), is("<html>"));
    assertThat(fetched.integrity(), is(Integrity.LENGTH));
    assertThat(fetched.identity(), is(""));
  }

  @Test
  void fetchesManyAtOnceOverFewConnections() throws Exception {
    fetcher = fetcher(settings().setMaxConnections(4).setMaxAttempts(10).build());
    server.share(0.25, Fault.status(500));
    CompletableFuture<?>[] all = new CompletableFuture<?>[40];
    Arrays.setAll(all, i -> fetcher.fetch(URI_OF_IMAGE));
    CompletableFuture.allOf(all).get(30, TimeUnit.SECONDS);
  }
}
