package org.cytobeam.io.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.cytobeam.io.bytes.Crc64Nvme;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.Hash;
import org.cytobeam.io.bytes.Integrity;
import org.cytobeam.io.limits.ByteWindow;
import org.cytobeam.io.limits.HostLimits;
import org.cytobeam.io.limits.Scheduler;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** A large object comes in ranges, whole and proven, or not at all. */
@Timeout(60)
class S3ObjectReaderTest {

  private static final String BUCKET = "stacks";
  private static final String KEY = "large.tif";
  private static final String URI = "s3://stacks/large.tif";
  private static final int RANGE = 100_000;
  private static final int IN_FLIGHT = 3;
  private static final int LENGTH = 950_000;
  private static final int RANGES = 10;

  private final S3TestServer server = S3TestServer.start().bucket(BUCKET);
  private final byte[] content = FaultyGallery.noise(LENGTH, 5);
  private final String etag = Hash.MD5.hex(content);
  private final ByteWindow window = new ByteWindow(1_000_000, Scheduler.system());
  private final S3ObjectReader reader = reader(new RangePlan(IN_FLIGHT, RANGE));
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  S3ObjectReaderTest() {
    server.put(BUCKET, KEY, content);
  }

  @AfterEach
  void stop() {
    reader.close();
    server.close();
  }

  private S3ObjectReader reader(RangePlan plan) {
    return new S3ObjectReader(
        S3Settings.builder()
            .setEndpoint(server.endpoint())
            .setRetryDelay(Duration.ofMillis(1))
            .setMaxRetryDelay(Duration.ofMillis(10))
            .setMaxAttempts(4)
            .setReadTimeout(Duration.ofMillis(500))
            .build(),
        () -> AwsBasicCredentials.create("anybody", "secret"),
        new HostLimits(Scheduler.system()),
        window,
        plan);
  }

  private ReadObject read() throws IOException {
    return reader.read(URI, "", -1, out);
  }

  /** Reads the object, which must come whole. */
  private ReadObject assertRead() throws IOException {
    ReadObject read = read();
    assertThat(Arrays.equals(out.toByteArray(), content), is(true));
    assertThat(read.bytes(), is((long) LENGTH));
    assertThat(window.reserved(), is(0L));
    return read;
  }

  private FetchException assertFails(Reason reason) {
    FetchException failure = assertThrows(FetchException.class, this::read);
    assertThat(failure.getMessage(), failure.reason(), is(reason));
    assertThat(failure.getMessage(), startsWith(URI + ": "));
    assertThat(window.reserved(), is(0L));
    return failure;
  }

  private List<String> ranges() {
    return server.requests(BUCKET, KEY).stream()
        .filter(request -> request.method().equals("GET"))
        .map(request -> request.range().orElse("all"))
        .toList();
  }

  @Test
  void tellsOfAnObjectBeforeItsFirstByteIsAskedFor() throws Exception {
    server.always(BUCKET, KEY, Fault.none().header("Content-Encoding", "gzip"));

    OpenObject object = reader.open(URI, etag, LENGTH);

    assertThat(object.etag(), is(etag));
    assertThat(object.bytes(), is(OptionalLong.of(LENGTH)));
    assertThat(object.contentEncoding(), is("gzip"));
    assertThat(ranges(), is(List.of()));
    assertThat(
        object.writeTo(out), is(new ReadObject(LENGTH, etag, Integrity.ETAG_MD5, 1, "gzip")));
    assertThat(Arrays.equals(out.toByteArray(), content), is(true));
    assertThat(server.count("HEAD", BUCKET, KEY), is(1));
  }

  @Test
  void readsInRangesOfTheSameObject() throws Exception {
    ReadObject read = assertRead();
    assertThat(read, is(new ReadObject(LENGTH, etag, Integrity.ETAG_MD5, 1, "")));
    assertThat(server.count("HEAD", BUCKET, KEY), is(1));
    assertThat(
        ranges(),
        containsInAnyOrder(
            "bytes=0-99999",
            "bytes=100000-199999",
            "bytes=200000-299999",
            "bytes=300000-399999",
            "bytes=400000-499999",
            "bytes=500000-599999",
            "bytes=600000-699999",
            "bytes=700000-799999",
            "bytes=800000-899999",
            "bytes=900000-949999"));
    assertThat(
        server.requests().stream()
            .filter(r -> r.method().equals("GET"))
            .map(r -> r.headers().get("If-Match"))
            .toList(),
        everyItem(is('"' + etag + '"')));
    assertThat(server.bodyBytesSent(), is((long) LENGTH));
  }

  @Test
  void hasSeveralRangesInFlight() throws Exception {
    server.holdUntilOpen("GET", BUCKET, KEY, IN_FLIGHT);
    assertRead();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, RANGE - 1, RANGE, RANGE + 1, 3 * RANGE})
  void readsObjectsOfAnyLength(int length) throws Exception {
    byte[] bytes = Arrays.copyOf(content, length);
    server.put(BUCKET, KEY, bytes);
    assertThat(read().bytes(), is((long) length));
    assertThat(Arrays.equals(out.toByteArray(), bytes), is(true));
    assertThat(ranges().size(), is((length + RANGE - 1) / RANGE));
  }

  @Test
  void goesOnWhereARangeBrokeOff() throws Exception {
    server.always(BUCKET, KEY, Fault.none());
    server.script(BUCKET, KEY, Fault.none().on("HEAD"), Fault.closeAfter(40_000).on("GET"));
    assertThat(assertRead().attempts(), is(2));
    assertThat(server.bodyBytesSent(), is((long) LENGTH));
    assertThat(ranges().size(), is(RANGES + 1));
    assertThat(ranges().stream().filter(range -> range.contains("40000-")).count(), is(1L));
  }

  static Stream<Fault> faults() {
    return Stream.of(
        Fault.status(503),
        Fault.status(500),
        Fault.loseReply(),
        Fault.resetAfter(1000),
        Fault.closeAfter(0),
        Fault.stall(1000),
        Fault.stall(0),
        Fault.misreading("Range", "bytes=1-100000"),
        Fault.none().header("Content-Range", "bytes 0-99999/949999"),
        Fault.none().header("Content-Range", "nonsense"),
        Fault.contentLength(50_000));
  }

  @Test
  void asksForTheLastByteAgain() throws Exception {
    server.always(BUCKET, KEY, Fault.closeAfter(RANGE - 1).on("GET"));
    assertThat(assertRead().attempts(), is(RANGES));
    assertThat(ranges().contains("bytes=99999-99999"), is(true));
    assertThat(server.bodyBytesSent(), is((long) LENGTH));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void triesARangeAgain(Fault fault) throws Exception {
    server.script(BUCKET, KEY, Fault.none().on("HEAD"), fault, Fault.none(), fault, fault);
    assertThat(assertRead().integrity(), is(Integrity.ETAG_MD5));
    assertThat(ranges().size(), is(greaterThan(RANGES)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void failsWhenARangeFailsAgainAndAgain(Fault fault) {
    server.always(BUCKET, KEY, fault.on("GET"));
    FetchException failure = assertThrows(FetchException.class, this::read);
    assertThat(failure.getMessage(), failure.retryable(), is(true));
    assertThat(out.size(), is(0));
    assertThat(window.reserved(), is(0L));
  }

  @Test
  void failsWhenTheObjectChangesMeanwhile() {
    byte[] other = FaultyGallery.noise(LENGTH, 6);
    OutputStream changing =
        new OutputStream() {
          @Override
          public void write(int b) {}

          @Override
          public void write(byte[] bytes, int offset, int length) {
            server.put(BUCKET, KEY, other);
          }
        };
    FetchException failure =
        assertThrows(FetchException.class, () -> reader.read(URI, "", -1, changing));
    assertThat(failure.reason(), is(Reason.CHANGED));
    assertThat(failure.getMessage(), containsString("the object is another than before"));
  }

  @Test
  void failsWhenAnotherObjectIsSentWhateverTheCondition() {
    server.script(BUCKET, KEY, Fault.etag("0123456789abcdef0123456789abcdef").on("HEAD"));
    server.always(BUCKET, KEY, Fault.ignoring("If-Match").on("GET"));
    assertFails(Reason.CHANGED);
    assertThat(out.size(), is(0));
  }

  @Test
  void failsWhenTheObjectHasBecomeShorter() {
    server.always(BUCKET, KEY, Fault.status(416).on("GET"));
    FetchException failure = assertFails(Reason.CHANGED);
    assertThat(failure.getMessage(), containsString("the object is shorter than before"));
  }

  @ParameterizedTest
  @CsvSource({
    "0123, -1, has the ETag",
    "'', 949999, has 950000 bytes",
    "0123, 950000, has the ETag"
  })
  void failsWhenTheObjectIsAnotherThanExpected(String expected, long bytes, String message) {
    FetchException failure =
        assertThrows(FetchException.class, () -> reader.read(URI, expected, bytes, out));
    assertThat(failure.reason(), is(Reason.CHANGED));
    assertThat(failure.getMessage(), containsString(message));
    assertThat(server.requests(BUCKET, KEY).size(), is(1));
  }

  @Test
  void readsTheObjectThatIsExpected() throws Exception {
    assertThat(reader.read(URI, etag, LENGTH, out).etag(), is(etag));
  }

  @Test
  void takesTheWholeFromAServerThatSendsNoRanges() throws Exception {
    server.always(BUCKET, KEY, Fault.ignoring("Range"));
    assertThat(assertRead().integrity(), is(Integrity.ETAG_MD5));
  }

  @Test
  void takesTheRestFromAServerThatSendsNoRangesAnyMore() throws Exception {
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int b) {
            out.write(b);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            server.always(BUCKET, KEY, Fault.ignoring("Range"));
            out.write(bytes, offset, length);
          }
        };
    ReadObject read = reader.read(URI, "", -1, counting);
    assertThat(read.integrity(), is(Integrity.ETAG_MD5));
    assertThat(Arrays.equals(out.toByteArray(), content), is(true));
    assertThat(ranges().stream().filter("all"::equals).count(), is(1L));
  }

  @Test
  void asksForTheWholeAgainWhenItsStreamBreaks() throws Exception {
    server.always(BUCKET, KEY, Fault.ignoring("Range"));
    S3ObjectReader single = reader(new RangePlan(1, RANGE));
    server.script(
        BUCKET,
        KEY,
        Fault.none().on("HEAD"),
        Fault.ignoring("Range"),
        Fault.closeAfter(500_000),
        Fault.status(503),
        Fault.stall(700_000));
    ReadObject read = single.read(URI, "", -1, out);
    single.close();
    assertThat(read, is(new ReadObject(LENGTH, etag, Integrity.ETAG_MD5, 4, "")));
    assertThat(Arrays.equals(out.toByteArray(), content), is(true));
    assertThat(ranges(), is(List.of("bytes=0-99999", "all", "all", "all", "all")));
  }

  @Test
  void takesASmallObjectThatIsSentWhole() throws Exception {
    server.put(BUCKET, KEY, Arrays.copyOf(content, 5000));
    server.always(BUCKET, KEY, Fault.ignoring("Range"));
    assertThat(read().integrity(), is(Integrity.ETAG_MD5));
    assertThat(ranges(), is(List.of("bytes=0-4999")));
  }

  static Stream<List<String>> checksums() {
    return Stream.of(
        List.of("x-amz-checksum-crc32", crc(new CRC32(), Integer.BYTES)),
        List.of("x-amz-checksum-crc32c", crc(new CRC32C(), Integer.BYTES)),
        List.of("x-amz-checksum-crc64nvme", crc(new Crc64Nvme(), Long.BYTES)),
        List.of("x-amz-checksum-sha1", hash(Hash.SHA1)),
        List.of("x-amz-checksum-sha256", hash(Hash.SHA256)));
  }

  private static String crc(Checksum checksum, int bytes) {
    checksum.update(FaultyGallery.noise(LENGTH, 5));
    ByteBuffer value = ByteBuffer.allocate(Long.BYTES).putLong(checksum.getValue());
    byte[] last = Arrays.copyOfRange(value.array(), Long.BYTES - bytes, Long.BYTES);
    return Base64.getEncoder().encodeToString(last);
  }

  private static String hash(Hash hash) {
    MessageDigest digest = hash.digest();
    return Base64.getEncoder().encodeToString(digest.digest(FaultyGallery.noise(LENGTH, 5)));
  }

  @ParameterizedTest
  @MethodSource("checksums")
  void provesTheWholeByTheChecksumThatTheServerKeeps(List<String> header) throws Exception {
    Fault kept = Fault.none().header(header.get(0), header.get(1));
    server.always(BUCKET, KEY, kept.header("x-amz-checksum-type", "FULL_OBJECT").on("HEAD"));
    assertThat(assertRead().integrity(), is(Integrity.CHECKSUM));
    assertThat(server.requests().get(0).headers().get("x-amz-checksum-mode"), is("ENABLED"));

    out.reset();
    server.script(BUCKET, KEY, Fault.flipBit(77).on("GET"));
    FetchException failure = assertThrows(FetchException.class, this::read);
    assertThat(failure.reason(), is(Reason.CHECKSUM));
    assertThat(failure.getMessage(), containsString("the object " + header.get(1)));
  }

  @Test
  void countsNoChecksumOfChecksumsOfParts() throws Exception {
    Fault composite =
        Fault.none()
            .header("x-amz-checksum-crc32c", "AAAAAA==-5")
            .header("x-amz-checksum-type", "COMPOSITE")
            .on("HEAD");
    server.always(BUCKET, KEY, composite);
    assertThat(assertRead().integrity(), is(Integrity.ETAG_MD5));
  }

  @Test
  void provesByTheEtagOrTheLengthAlone() throws Exception {
    server.script(BUCKET, KEY, Fault.none().on("HEAD"), Fault.flipBit(77).on("GET"));
    assertFails(Reason.CHECKSUM);
    out.reset();
    server.put(BUCKET, KEY, content, "0123456789abcdef0123456789abcdef-12");
    assertThat(assertRead().integrity(), is(Integrity.LENGTH));
    out.reset();
    server.put(BUCKET, KEY, content, "0123456789abcdef0123456789abcdef");
    Fault kms = Fault.none().header("x-amz-server-side-encryption", "aws:kms");
    server.always(BUCKET, KEY, kms);
    assertThat(assertRead().integrity(), is(Integrity.LENGTH));
  }

  @Test
  void tellsHowTheContentIsEncoded() throws Exception {
    server.always(BUCKET, KEY, Fault.none().header("Content-Encoding", "gzip"));
    assertThat(assertRead().contentEncoding(), is("gzip"));
  }

  @Test
  void keepsToItsWindowHoweverSmallThatIs() throws Exception {
    S3ObjectReader wide = reader(new RangePlan(100, RANGE));
    long[] most = {0};
    OutputStream watching =
        new OutputStream() {
          @Override
          public void write(int b) {}

          @Override
          public void write(byte[] bytes, int offset, int length) {
            most[0] = Math.max(most[0], window.reserved());
          }
        };
    assertThat(wide.read(URI, "", -1, watching).integrity(), is(Integrity.ETAG_MD5));
    wide.close();
    assertThat(most[0], is(1_000_000L));
    RangePlan plan = new RangePlan(4, 8 << 20);
    assertThat(plan.within(1L << 40, 1L << 30), is(plan));
    assertThat(plan.within(10L << 20, 1L << 30), is(new RangePlan(2, 8 << 20)));
    assertThat(plan.within(1L << 40, 20 << 20), is(new RangePlan(2, 8 << 20)));
    assertThat(plan.within(1L << 40, 1 << 20), is(new RangePlan(1, 1 << 20)));
    assertThat(plan.within(1L << 40, 1), is(new RangePlan(1, 1 << 16)));
    assertThat(plan.within(5, 1 << 20), is(new RangePlan(1, 5)));
  }

  @Test
  void leavesWhatTheStreamThrowsAsItIs() {
    IOException full = new IOException("the disk is full");
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw full;
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            throw full;
          }
        };
    IOException thrown = assertThrows(IOException.class, () -> reader.read(URI, "", -1, broken));
    assertThat(thrown, sameInstance(full));
    server.always(BUCKET, KEY, Fault.ignoring("Range"));
    thrown = assertThrows(IOException.class, () -> reader.read(URI, "", -1, broken));
    assertThat(thrown, sameInstance(full));
    assertThat(window.reserved(), is(0L));
  }

  @Test
  void endsWhenItsThreadIsInterrupted() throws Exception {
    Thread reading = Thread.currentThread();
    OutputStream interrupting =
        new OutputStream() {
          @Override
          public void write(int b) {}

          @Override
          public void write(byte[] bytes, int offset, int length) {
            server.holdUntilHealed("GET", BUCKET, KEY);
            reading.interrupt();
          }
        };
    assertThrows(InterruptedIOException.class, () -> reader.read(URI, "", -1, interrupting));
    assertThat(Thread.interrupted(), is(true));
    assertThat(window.reserved(), is(0L));
    server.heal();
    out.reset();
    assertRead();
  }

  @Test
  void saysWhyAnObjectCantBeHad() {
    server.delete(BUCKET, KEY);
    assertFails(Reason.MISSING);
    server.bucket(BUCKET, Access.EXPIRED);
    assertFails(Reason.CREDENTIALS_EXPIRED);
    server.bucket(BUCKET, Access.SIGNED);
    assertFails(Reason.DENIED);
    for (String bad : List.of("http://x/y", "s3://stacks", "s3://No/y")) {
      FetchException failure =
          assertThrows(FetchException.class, () -> reader.read(bad, "", -1, out));
      assertThat(failure.reason(), is(Reason.BAD_ADDRESS));
    }
  }

  @Test
  void endsAtOnceWhenCredentialsExpireInTheMiddle() {
    server.after(3, Fault.error(400, "ExpiredToken"));
    assertFails(Reason.CREDENTIALS_EXPIRED);
  }
}
