package org.cytobeam.io.s3;

import static org.cytobeam.io.s3.FaultyGallery.BUCKET;
import static org.cytobeam.io.s3.FaultyGallery.KEY;
import static org.cytobeam.io.s3.FaultyGallery.LENGTH;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;

import java.time.Duration;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.io.bytes.Integrity;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

/** What broke off in the middle is gone on with, and never put together wrongly. */
@Timeout(60)
class ResumedFetchTest {

  private static final String RANGE = "bytes=\\d+-";

  private final FaultyGallery gallery = new FaultyGallery();

  @AfterEach
  void stop() {
    gallery.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 150_000, LENGTH - 1})
  void goesOnWhereTheConnectionClosed(int bytes) throws Exception {
    gallery.script(Fault.closeAfter(bytes));
    FetchedBytes fetched = gallery.assertFetched(2);
    assertThat(fetched.integrity(), is(Integrity.ETAG_MD5));
    assertThat(gallery.ranges(), contains("all", "bytes=" + bytes + "-"));
    assertThat(
        gallery.requests().get(1).headers().get("If-Match"), is('"' + fetched.identity() + '"'));
    assertThat(gallery.server.bodyBytesSent(), is((long) LENGTH));
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 150_000})
  void goesOnWhereTheConnectionWasReset(int bytes) throws Exception {
    gallery.script(Fault.resetAfter(bytes));
    assertThat(gallery.assertFetched(2).integrity(), is(Integrity.ETAG_MD5));
    assertThat(gallery.ranges(), contains(is("all"), matchesPattern(RANGE)));
  }

  @Test
  void goesOnAgainAndAgain() throws Exception {
    gallery.script(
        Fault.closeAfter(100_000),
        Fault.closeAfter(50_000),
        Fault.status(503),
        Fault.closeAfter(1));
    gallery.assertFetched(5);
    assertThat(
        gallery.ranges(),
        contains("all", "bytes=100000-", "bytes=150000-", "bytes=150000-", "bytes=150001-"));
  }

  @Test
  void beginsAnewWhenNothingHadCome() throws Exception {
    gallery.script(Fault.closeAfter(0), Fault.loseReply());
    gallery.assertFetched(3);
    assertThat(gallery.ranges(), contains("all", "all", "all"));
  }

  @Test
  void beginsAnewWhenNoEtagSaysThatItIsTheSameObject() throws Exception {
    gallery.script(Fault.closeAfter(1000).header("ETag", "W/\"weak\""));
    gallery.assertFetched(2);
    assertThat(gallery.ranges(), contains("all", "all"));
  }

  @Test
  void takesTheWholeFromAServerThatIgnoresRanges() throws Exception {
    gallery.always(Fault.ignoring("Range"));
    gallery.script(Fault.closeAfter(100_000));
    gallery.assertFetched(2);
    assertThat(gallery.ranges(), contains("all", "bytes=100000-"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 0-299999/300000",
        "bytes 99999-299999/300000",
        "bytes 100000-299998/300000",
        "bytes 100000-299999/300001",
        "bytes 100000-299999/*",
        "nonsense"
      })
  void beginsAnewWhenTheRestIsNotTheRest(String contentRange) throws Exception {
    gallery.script(Fault.closeAfter(100_000), Fault.none().header("Content-Range", contentRange));
    gallery.assertFetched(3);
    assertThat(gallery.ranges(), contains("all", "bytes=100000-", "all"));
  }

  @Test
  void beginsAnewWhenAnotherPartIsSent() throws Exception {
    gallery.script(Fault.closeAfter(100_000), Fault.misreading("Range", "bytes=1-"));
    gallery.assertFetched(3);
    assertThat(gallery.ranges(), contains("all", "bytes=100000-", "all"));
  }

  @ParameterizedTest
  @CsvSource({"416,InvalidRange", "400,InvalidRequest", "501,NotImplemented"})
  void beginsAnewWhenTheServerWillNotGoOn(int status, String code) throws Exception {
    gallery.script(Fault.closeAfter(100_000), Fault.error(status, code));
    gallery.assertFetched(3);
    assertThat(gallery.ranges(), contains("all", "bytes=100000-", "all"));
  }

  @Test
  void doesNotTakeAPartForTheWhole() {
    gallery.always(Fault.misreading("Range", "bytes=0-99"));
    assertThat(
        gallery.assertFails(Reason.TRUNCATED, 5).getMessage(), containsString("bytes 0-99/300000"));
  }

  @Test
  void beginsAnewWhenTheObjectBecameAnother() throws Exception {
    gallery.always(Fault.closeAfter(LENGTH));
    gallery.script(Fault.closeAfter(100_000), replaced());
    gallery.assertFetched(3);
    assertThat(gallery.ranges(), contains("all", "bytes=100000-", "all"));
  }

  /** Answers as S3 does once the object has been replaced. */
  private static Fault replaced() {
    return Fault.status(412);
  }

  @Test
  void failsWhenTheObjectBecomesAnotherASecondTime() {
    gallery.script(Fault.closeAfter(100_000), replaced(), Fault.closeAfter(50_000), replaced());
    assertThat(
        gallery.assertFails(Reason.CHANGED, 4).getMessage(),
        containsString("the object is another than before"));
    assertThat(gallery.ranges(), contains("all", "bytes=100000-", "all", "bytes=50000-"));
  }

  @Test
  void neverMixesTwoObjectsThoughTheServerIgnoresTheCondition() throws Exception {
    gallery.server.put(BUCKET, KEY, FaultyGallery.noise(LENGTH, 2));
    gallery.script(
        Fault.closeAfter(100_000).and(Fault.etag("0123456789abcdef0123456789abcdef")),
        Fault.ignoring("If-Match"));
    gallery.assertFetched(3);
    assertThat(gallery.ranges(), contains("all", "bytes=100000-", "all"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
  void provesTheWholeByTheChecksumThatTheServerKeeps(String algorithm) throws Exception {
    putWithChecksum(ChecksumAlgorithm.valueOf(algorithm));
    gallery.script(Fault.closeAfter(100_000));
    assertThat(gallery.assertFetched(2).integrity(), is(Integrity.CHECKSUM));

    gallery.script(Fault.closeAfter(100_000).and(Fault.flipBit(7)));
    gallery.assertFetched(3);
    assertThat(gallery.ranges(), contains("all", "bytes=100000-", "all"));
  }

  private void putWithChecksum(ChecksumAlgorithm algorithm) throws Exception {
    gallery.server.bucket(BUCKET);
    S3Settings signing =
        S3Settings.builder()
            .setEndpoint(gallery.server.endpoint())
            .setPublicBuckets(java.util.Set.of())
            .setCredentials(
                new StaticCredentials(
                    S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY, null))
            .build();
    try (S3AsyncClient client = S3Clients.async(signing)) {
      client
          .putObject(
              r -> r.bucket(BUCKET).key(KEY).checksumAlgorithm(algorithm),
              AsyncRequestBody.fromBytes(gallery.image))
          .join();
    }
  }

  @Test
  void fetchesAnewWhatWasDamagedBeforeItBrokeOff() throws Exception {
    gallery.script(Fault.closeAfter(100_000).and(Fault.flipBit(7)));
    gallery.assertFetched(3);
    assertThat(gallery.ranges(), contains("all", "bytes=100000-", "all"));
  }

  @Test
  void goesOnAfterASilence() throws Exception {
    gallery.with(settings -> settings.setReadTimeout(Duration.ofMillis(500)));
    gallery.script(Fault.stall(100_000));
    gallery.assertFetched(2);
    assertThat(gallery.ranges(), contains("all", "bytes=100000-"));
  }

  @Test
  void goesOnWhenOneAttemptTakesTooLong() throws Exception {
    gallery.with(settings -> settings.setAttemptTimeout(Duration.ofSeconds(1)));
    gallery.script(Fault.slow(100_000));
    gallery.assertFetched(2);
    assertThat(gallery.ranges(), contains(is("all"), matchesPattern(RANGE)));
    assertThat(gallery.server.bodyBytesSent(), is(lessThan(LENGTH + LENGTH / 2L)));
  }
}
