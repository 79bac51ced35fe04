package org.cytobeam.io.s3;

import static org.cytobeam.io.s3.FaultyGallery.BUCKET;
import static org.cytobeam.io.s3.FaultyGallery.KEY;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that are slow, busy, or fail. */
@Timeout(60)
class HostFaultsTest {

  private final FaultyGallery gallery = new FaultyGallery();

  @AfterEach
  void stop() {
    gallery.close();
  }

  @Test
  void triesAgainWhenTheConnectionBreaksOnceAndOnlyOnce() throws Exception {
    gallery.script(Fault.loseReply());
    gallery.assertFetched(2);
  }

  private List<CompletableFuture<FetchedBytes>> beginAll(int count, String prefix) {
    List<CompletableFuture<FetchedBytes>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(gallery.begin(prefix + i));
    }
    return all;
  }

  @Test
  void endsATrickleThatWouldLastForDays() {
    gallery.with(s -> s.setAttemptTimeout(Duration.ofMillis(300)).setMaxAttempts(3));
    gallery.always(Fault.slow(1));
    gallery.assertFails(Reason.TIMEOUT, 3);
  }

  @Test
  void takesABodyInPacketsOfOneByte() throws Exception {
    gallery.server.put(BUCKET, KEY, FaultyGallery.noise(20_000, 3));
    gallery.always(Fault.sliced(1));
    gallery.assertFetched(1);
  }

  @Test
  void takesASlowBodyAfterAnUnsteadyWait() throws Exception {
    gallery.server.put(BUCKET, KEY, FaultyGallery.noise(10_000, 3));
    gallery.always(
        Fault.jitter(Duration.ofMillis(10), Duration.ofMillis(300), 7).and(Fault.slow(10_000)));
    for (int i = 0; i < 3; i++) {
      gallery.assertFetched(1);
    }
  }

  @Test
  void waitsForALateAnswerAndAsksOnlyOnce() throws Exception {
    gallery.assertFetched(1);
    gallery.always(Fault.jitter(Duration.ofSeconds(2), Duration.ofMillis(2100), 7));
    gallery.assertFetched(1);
    assertThat(gallery.server.requests().size(), is(1));
    assertThat(gallery.server.connectionsMade(), is(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void letsTheWholeHostWaitAsLongAsItAsks(int status) throws Exception {
    gallery.server.put(BUCKET, "other", gallery.image);
    gallery.with(s -> s.setMaxRetryDelay(Duration.ofSeconds(20)));
    gallery.script(Fault.status(status).retryAfter("1"));
    assertThatAllWait(Duration.ofSeconds(1));
  }

  @Test
  void letsTheWholeHostWaitUntilTheDateThatItSays() throws Exception {
    gallery.server.put(BUCKET, "other", gallery.image);
    gallery.with(s -> s.setMaxRetryDelay(Duration.ofSeconds(20)));
    Instant now = Instant.parse("2015-01-01T00:00:00Z");
    gallery.script(
        Fault.status(503).retryAfter(httpDate(now.plusSeconds(1))).header("Date", httpDate(now)));
    assertThatAllWait(Duration.ofSeconds(1));
  }

  private static String httpDate(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  @ParameterizedTest
  @ValueSource(strings = {"86400", "99999999999999999999", "Tue, 31 Dec 2999 23:59:59 GMT"})
  void waitsNoLongerThanTheLimit(String absurd) throws Exception {
    gallery.server.put(BUCKET, "other", gallery.image);
    gallery.with(s -> s.setMaxRetryDelay(Duration.ofMillis(600)));
    gallery.script(Fault.status(503).retryAfter(absurd));
    assertThatAllWait(Duration.ofMillis(600));
  }

  /** Fetches two objects, the second while the host wants none; neither is asked for too early. */
  private void assertThatAllWait(Duration pause) throws Exception {
    CompletableFuture<FetchedBytes> first = gallery.begin(KEY);
    while (gallery.limit().throttles() == 0) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the host never asked for fewer requests");
      }
      Thread.onSpinWait();
    }
    CompletableFuture<FetchedBytes> other = gallery.begin("other");
    assertThat(first.get(30, TimeUnit.SECONDS).attempts(), is(2));
    assertThat(other.get(30, TimeUnit.SECONDS).attempts(), is(1));
    List<RecordedRequest> requests = gallery.server.requests();
    assertThat(requests.get(0).status(), is(greaterThan(400)));
    for (RecordedRequest later : requests.subList(1, requests.size())) {
      assertThat(
          Duration.between(requests.get(0).time(), later.time()).plusMillis(20),
          is(greaterThan(pause)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "0", "Fri, 31 Dec 1999 23:59:59 GMT"})
  void slowsDownAlsoWithoutBeingToldForHowLong(String retryAfter) throws Exception {
    Fault busy = Fault.status(503);
    gallery.script(retryAfter.isEmpty() ? busy : busy.retryAfter(retryAfter));
    gallery.assertFetched(2);
    assertThat(gallery.limit().throttles(), is(1L));
    assertThat(gallery.limit().rate(), is(lessThan(1000.0)));
  }

  @Test
  void bringsAllThroughAHostThatTurnsManyAwayForAWhile() throws Exception {
    int needed = 150;
    for (int i = 0; i < needed; i++) {
      gallery.server.put(BUCKET, "k" + i, Arrays.copyOf(gallery.image, 1000));
    }
    gallery.server.shareOfNext(60, 0.3, Fault.status(503));
    List<CompletableFuture<FetchedBytes>> all = beginAll(needed, "k");
    for (CompletableFuture<FetchedBytes> one : all) {
      assertThat(one.get(50, TimeUnit.SECONDS).bytes().length, is(1000));
    }
    assertThat(gallery.limit().throttles(), is(greaterThan(10L)));
    assertThat(gallery.server.requests().size(), is(lessThanOrEqualTo(needed + 18)));
  }

  @Test
  void waitsForABusyHostLongerThanForABusyObject() throws Exception {
    int needed = 8;
    for (int i = 0; i < needed; i++) {
      gallery.server.put(BUCKET, "k" + i, new byte[10]);
    }
    gallery.with(s -> s.setMaxAttempts(2));
    gallery.server.shareOfNext(3 * needed, 1, Fault.status(503));
    for (CompletableFuture<FetchedBytes> one : beginAll(needed, "k")) {
      assertThat(one.get(50, TimeUnit.SECONDS).bytes().length, is(10));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504, 408, 503, 429})
  void triesAgainWhatMayPass(int status) throws Exception {
    gallery.script(Fault.status(status));
    gallery.assertFetched(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 410, 416})
  void takesARefusalForAnAnswer(int status) {
    gallery.always(Fault.status(status));
    Reason reason =
        switch (status) {
          case 403 -> Reason.DENIED;
          case 404, 410 -> Reason.MISSING;
          default -> Reason.FAILED;
        };
    gallery.assertFails(reason, 1);
    assertThat(gallery.requests().size(), is(1));
  }

  @Test
  void doesNotTryAgainWithCredentialsThatHaveExpiredMeanwhile() throws Exception {
    gallery.server.after(1, Fault.error(403, "ExpiredToken"));
    gallery.assertFetched(1);
    gallery.assertFails(Reason.CREDENTIALS_EXPIRED, 1);
  }
}
