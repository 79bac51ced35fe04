package org.cytobeam.io.destination;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.cytobeam.io.s3.S3Clients;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.io.s3.StaticCredentials;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3ProxyServer;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

class S3LeftoversTest {

  private static final String TABLE = "out/put/_cytobeam/manifest.jsonl";

  private static S3TestServer server;
  private static S3AsyncClient client;

  private final Instant now = Instant.now();
  private final RunId run = RunId.startingAt(now.minusSeconds(60));
  private final Destination destination = open(run);

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
  private static Destination open(RunId run) {
    S3Prefix where = S3Prefix.parse("s3://mine/out/put");
    return new S3Destination(client, where, run, name -> new HandTicker());
  }

  private void begin(String key, Duration age) {
    server.beginUpload("mine", key, now.minus(age));
  }

  @ParameterizedTest
  @CsvSource({
    "out/put/_cytobeam/manifest.jsonl, PT1H, 1",
    "out/put/_cytobeam/a b+c.jsonl, PT1H, 1",
    "out/put/_cytobeam/manifest.jsonl, PT30S, 0",
    "out/put/image.png, P800D, 0",
    "out/put/load_data/final/plate.parquet, P800D, 0",
    "out/put/plate/_cytobeam/manifest.jsonl, P8D, 0",
    "out/put/_cytobeams/x, P8D, 0",
    "out/putter/_cytobeam/manifest.jsonl, P8D, 0",
    "_cytobeam/manifest.jsonl, P8D, 0",
  })
  void abortsWhatOnlyADeadRunCanHaveBegun(String key, Duration age, int removed)
      throws IOException {
    begin(key, age);
    assertThat(destination.removeTemporaries(""), is((long) removed));
    assertThat(server.unfinishedUploads("mine"), is(1 - removed));
  }

  @Test
  void keepsTheUploadsOfItsOwnRun() throws IOException {
    byte[] bytes = new byte[S3Upload.PART_BYTES + 1];
    Proof proof =
        destination.put(
            "_cytobeam/manifest.jsonl",
            out -> {
              out.write(bytes);
              assertThat(server.unfinishedUploads("mine"), is(1));
              assertThat(destination.removeTemporaries(""), is(0L));
            });
    assertThat(destination.has("_cytobeam/manifest.jsonl", proof, Check.SHA256), is(true));
  }

  @Test
  void touchesNothingWhileAnotherRunIsAlive() throws IOException {
    begin(TABLE, Duration.ofHours(1));
    RunLocks locks = destination.runLocks();
    try (RunLock own = locks.acquire(run)) {
      RunId other = RunId.startingAt(now.minus(Duration.ofHours(2)));
      try (RunLock others = locks.acquire(other)) {
        assertThat(destination.removeTemporaries(""), is(0L));
      }
      server.put("mine", "out/put/_cytobeam/runs/" + other + "/run.json", "{}".getBytes(UTF_8));
      assertThat(destination.removeTemporaries(""), is(1L));
    }
    assertThat(server.unfinishedUploads("mine"), is(0));
  }

  @Test
  void looksBelowOneFolder() throws IOException {
    begin(TABLE, Duration.ofHours(1));
    begin("out/put/_cytobeam/runs/1/log", Duration.ofHours(1));
    begin("out/put/a/1", Duration.ofDays(8));
    assertThat(destination.removeTemporaries("a"), is(0L));
    assertThat(server.requests("mine", "").size(), is(0));
    assertThat(destination.removeTemporaries("_cytobeam/runs"), is(1L));
    assertThat(destination.removeTemporaries("_cytobeam"), is(1L));
    assertThat(server.unfinishedUploads("mine"), is(1));
  }

  @Test
  void readsAllPages() throws IOException {
    server.always("mine", "", Fault.page(2));
    for (int i = 0; i < 5; i++) {
      begin(TABLE, Duration.ofHours(1));
    }
    assertThat(destination.removeTemporaries(""), is(5L));
    assertThat(server.unfinishedUploads("mine"), is(0));
  }

  @Test
  @Timeout(60)
  void goesNotRoundAListWhoseNextPageIsTheSame() throws IOException {
    String page =
        "<ListMultipartUploadsResult><IsTruncated>true</IsTruncated>"
            + "<NextKeyMarker>%s</NextKeyMarker><NextUploadIdMarker>1</NextUploadIdMarker>"
            + "</ListMultipartUploadsResult>";
    server.always("mine", "", Fault.body(200, "application/xml", page.formatted(TABLE)));

    assertThat(destination.removeTemporaries(""), is(0L));

    assertThat(server.requests("mine", "").size(), is(2));
  }

  @Test
  void failsWhereThereIsNoBucket() {
    server.script("mine", "", Fault.error(404, "NoSuchBucket"));
    assertThrows(NoSuchBucketException.class, () -> destination.removeTemporaries(""));
  }

  @Test
  void removesWhatALostReplyHasLeft() throws IOException {
    server.script("mine", TABLE, Fault.loseReply().on("POST"));
    destination.put(
        "_cytobeam/manifest.jsonl", out -> out.write(new byte[S3Upload.PART_BYTES + 1]));
    assertThat(server.unfinishedUploads("mine"), is(1));
    Destination later = open(RunId.startingAt(Instant.now().plusSeconds(5)));
    assertThat(later.removeTemporaries(""), is(1L));
    assertThat(server.unfinishedUploads("mine"), is(0));
  }

  @ParameterizedTest
  @CsvSource({"403, AccessDenied", "501, NotImplemented", "405, MethodNotAllowed"})
  void goesOnWhereTheListIsNotToBeHad(int status, String code) throws IOException {
    begin(TABLE, Duration.ofHours(1));
    server.script("mine", "", Fault.error(status, code));
    assertThat(destination.removeTemporaries(""), is(0L));
    assertThat(server.requests("mine", "").size(), is(1));
    assertThat(destination.removeTemporaries(""), is(1L));
  }

  @Test
  void goesOnWhereItMustNotAbort() throws IOException {
    begin(TABLE, Duration.ofHours(1));
    server.script("mine", TABLE, Fault.error(403, "AccessDenied"));
    assertThat(destination.removeTemporaries(""), is(0L));
    assertThat(server.unfinishedUploads("mine"), is(1));
  }

  @Test
  void countsNothingThatHasGoneMeanwhile() throws IOException {
    begin(TABLE, Duration.ofHours(1));
    begin("out/put/_cytobeam/failures.csv", Duration.ofHours(1));
    server.script("mine", TABLE, Fault.error(404, "NoSuchUpload"));
    assertThat(destination.removeTemporaries(""), is(1L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ExpiredToken", "InvalidToken"})
  void failsWhereEveryCallWould(String code) {
    server.script("mine", "", Fault.error(400, code));
    assertThrows(DestinationException.class, () -> destination.removeTemporaries(""));
  }

  @Test
  void abortsOnAServerThatOthersWrote() throws Exception {
    try (S3ProxyServer proxy = S3ProxyServer.anonymous().bucket("mine");
        S3AsyncClient killed = S3Clients.async(settings(proxy))) {
      killed
          .createMultipartUpload(r -> r.bucket("mine").key("out/_cytobeam/manifest.jsonl"))
          .get(60, TimeUnit.SECONDS);
      RunId next = RunId.startingAt(Instant.now().plusSeconds(60));
      try (Destination there =
          Destinations.open(
              new DestinationSettings("s3://mine/out", next, Durability.RUN, settings(proxy)))) {
        assertThat(there.removeTemporaries(""), is(1L));
        assertThat(there.removeTemporaries(""), is(0L));
      }
    }
  }

  private static S3Settings settings(S3ProxyServer proxy) {
    return S3Settings.builder().setEndpoint(proxy.endpoint()).setAnonymous(true).build();
  }
}
