package org.cytobeam.testing.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class S3TestServerTest {

  private static final byte[] HELLO = "hello".getBytes(UTF_8);

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private S3TestServer server;
  private S3Client client;

  @BeforeEach
  void start() {
    server = S3TestServer.start().bucket("b");
    client = SdkClients.signed(server.endpoint());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private ResponseBytes<GetObjectResponse> read(String key) {
    return client.getObjectAsBytes(r -> r.bucket("b").key(key));
  }

  private S3Exception refused(Runnable call) {
    return assertThrows(S3Exception.class, call::run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b.tif", "r 01#?%+&=.tif", "ü/日本/\uD83D\uDD2C", "a//b", "%2F"})
  void keepsWhatTheSdkPutsUnderAnyKey(String key) {
    client.putObject(r -> r.bucket("b").key(key), RequestBody.fromBytes(HELLO));
    assertThat(server.get("b", key).orElseThrow(), is(HELLO));
    assertThat(server.keys("b"), contains(key));
    assertThat(read(key).asByteArray(), is(HELLO));
    assertThat(read(key).response().eTag(), is("\"5d41402abc4b2a76b9719d911017c592\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
  void takesTheFramingOffABodyWithATrailingChecksumAndGivesTheChecksumBack(String algorithm) {
    client.putObject(
        r -> r.bucket("b").key("k").checksumAlgorithm(ChecksumAlgorithm.valueOf(algorithm)),
        RequestBody.fromContentProvider(() -> new ByteArrayInputStream(HELLO), 5, "t/x"));
    assertThat(server.get("b", "k").orElseThrow(), is(HELLO));
    HeadObjectResponse head =
        client.headObject(r -> r.bucket("b").key("k").checksumMode(ChecksumMode.ENABLED));
    assertThat(head.contentType(), is("t/x"));
    assertThat(head.contentLength(), is(5L));
    assertThat(
        head.sdkHttpResponse().headers().keySet().stream()
            .filter(name -> name.startsWith("x-amz-checksum-") && !name.endsWith("type"))
            .toList(),
        contains("x-amz-checksum-" + algorithm.replace("_", "").toLowerCase(Locale.ROOT)));
  }

  @Test
  void refusesABodyThatItsChecksumIsNotOf() {
    S3Exception e =
        refused(
            () ->
                client.putObject(
                    r -> r.bucket("b").key("k").contentMD5("XUFAKrxLKna5cZ2REBfFkg=="),
                    RequestBody.fromString("hellO")));
    assertThat(e.awsErrorDetails().errorCode(), is("BadDigest"));
    assertThat(server.keys("b"), is(empty()));
  }

  @Test
  void answersRangesAndConditions() {
    server.put("b", "k", HELLO);
    String etag = read("k").response().eTag();
    assertThat(
        client.getObjectAsBytes(r -> r.bucket("b").key("k").range("bytes=1-2")).asUtf8String(),
        is("el"));
    assertThat(
        client
            .getObjectAsBytes(r -> r.bucket("b").key("k").range("bytes=-2").ifMatch(etag))
            .asUtf8String(),
        is("lo"));
    GetObjectResponse part =
        client.getObjectAsBytes(r -> r.bucket("b").key("k").range("bytes=3-99")).response();
    assertThat(part.contentRange(), is("bytes 3-4/5"));
    assertThat(
        refused(() -> client.getObjectAsBytes(r -> r.bucket("b").key("k").range("bytes=5-")))
            .statusCode(),
        is(416));
    assertThat(
        refused(() -> client.getObjectAsBytes(r -> r.bucket("b").key("k").ifMatch("\"no\"")))
            .statusCode(),
        is(412));
    assertThat(
        refused(() -> client.getObjectAsBytes(r -> r.bucket("b").key("k").ifNoneMatch(etag)))
            .statusCode(),
        is(304));
    assertThat(
        refused(
                () ->
                    client.putObject(
                        r -> r.bucket("b").key("k").ifNoneMatch("*"), RequestBody.empty()))
            .statusCode(),
        is(412));
  }

  @Test
  void namesItsErrorsAsS3Does() {
    assertThrows(NoSuchKeyException.class, () -> read("none"));
    S3Exception e = refused(() -> client.headObject(r -> r.bucket("none").key("k")));
    assertThat(e.statusCode(), is(404));
    S3Exception noBucket = refused(() -> client.listObjectsV2(r -> r.bucket("none")));
    assertThat(noBucket.awsErrorDetails().errorCode(), is("NoSuchBucket"));
  }

  @Test
  void listsPageByPageInTheOrderOfUtf8() {
    List<String> keys = List.of("a b", "a/1", "a/2", "b", "\uFF5E", "\uD83D\uDD2C");
    keys.forEach(key -> server.put("b", key, HELLO));
    List<String> listed = new ArrayList<>();
    int pages = 0;
    for (ListObjectsV2Response page :
        client.listObjectsV2Paginator(r -> r.bucket("b").maxKeys(2))) {
      page.contents().stream().map(S3Object::key).forEach(listed::add);
      pages++;
    }
    assertThat(listed, is(keys));
    assertThat(pages, is(3));
  }

  @Test
  void gathersFoldersAcrossPages() {
    List.of("p/a/1", "p/a/2", "p/b/1", "p/c", "q").forEach(key -> server.put("b", key, HELLO));
    List<String> folders = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (ListObjectsV2Response page :
        client.listObjectsV2Paginator(r -> r.bucket("b").prefix("p/").delimiter("/").maxKeys(1))) {
      page.commonPrefixes().stream().map(CommonPrefix::prefix).forEach(folders::add);
      page.contents().stream().map(S3Object::key).forEach(keys::add);
    }
    assertThat(folders, contains("p/a/", "p/b/"));
    assertThat(keys, contains("p/c"));
  }

  @Test
  void deletesOneAndMany() {
    List.of("a&b", "c", "d").forEach(key -> server.put("b", key, HELLO));
    client.deleteObject(r -> r.bucket("b").key("d"));
    List<ObjectIdentifier> two =
        List.of(
            ObjectIdentifier.builder().key("a&b").build(),
            ObjectIdentifier.builder().key("c").build());
    assertThat(
        client.deleteObjects(r -> r.bucket("b").delete(d -> d.objects(two))).deleted().size(),
        is(2));
    assertThat(server.keys("b"), is(empty()));
  }

  @Test
  void joinsTheNamedPartsOfAnUploadAndForgetsAnAbortedOne() {
    String id =
        client
            .createMultipartUpload(r -> r.bucket("b").key("k").metadata(Map.of("who", "me")))
            .uploadId();
    List<CompletedPart> parts = new ArrayList<>();
    for (int n = 1; n <= 2; n++) {
      int number = n;
      String etag =
          client
              .uploadPart(
                  r -> r.bucket("b").key("k").uploadId(id).partNumber(number),
                  RequestBody.fromString("part" + n))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(n).eTag(etag).build());
    }
    assertThat(server.unfinishedUploads("b"), is(1));
    assertThat(server.keys("b"), is(empty()));
    String etag =
        client
            .completeMultipartUpload(
                r -> r.bucket("b").key("k").uploadId(id).multipartUpload(m -> m.parts(parts)))
            .eTag();
    // md5(md5("part1") md5("part2")), as `(md5sum; md5sum) | xxd -r -p | md5sum` gives it
    assertThat(etag, is("\"620e8b191a353bdc9189840bb3904928-2\""));
    assertThat(read("k").asUtf8String(), is("part1part2"));
    assertThat(read("k").response().metadata(), hasEntry("who", "me"));

    String other = client.createMultipartUpload(r -> r.bucket("b").key("x")).uploadId();
    client.abortMultipartUpload(r -> r.bucket("b").key("x").uploadId(other));
    assertThat(server.unfinishedUploads("b"), is(0));
  }

  @Test
  void listsUnfinishedUploadsByKeyAndBeginPageByPage() {
    Instant begun = Instant.parse("2026-01-02T03:04:05Z");
    for (String key : List.of("b c+", "a", "b c+", "other")) {
      server.beginUpload("b", key, begun);
    }
    server.script("b", "", Fault.page(1), Fault.page(1));
    List<String> seen = new ArrayList<>();
    for (MultipartUpload upload :
        client.listMultipartUploadsPaginator(r -> r.bucket("b").prefix("b")).uploads()) {
      seen.add(upload.key() + " " + upload.uploadId() + " " + upload.initiated());
    }
    assertThat(seen, contains("b c+ upload-1 " + begun, "b c+ upload-3 " + begun));
    assertThat(server.requests("b", "").size(), is(2));
  }

  @Test
  void copiesBetweenBuckets() {
    server.bucket("c").put("b", "a b+c", HELLO);
    client.copyObject(
        r -> r.sourceBucket("b").sourceKey("a b+c").destinationBucket("c").destinationKey("k"));
    assertThat(server.get("c", "k").orElseThrow(), is(HELLO));
  }

  @Test
  void letsInWhomTheBucketLetsIn() {
    server.bucket("public", Access.UNSIGNED).put("public", "k", HELLO);
    server.bucket("own", Access.SIGNED).put("own", "k", HELLO);
    server.bucket("late", Access.EXPIRED).put("late", "k", HELLO);
    try (S3Client anonymous = SdkClients.anonymous(server.endpoint());
        S3Client stranger = SdkClients.signed(server.endpoint(), "OTHER", "x")) {
      assertThat(code(anonymous, "public"), is("ok"));
      assertThat(code(client, "public"), is("InvalidAccessKeyId"));
      assertThat(code(anonymous, "own"), is("AccessDenied"));
      assertThat(code(client, "own"), is("ok"));
      assertThat(code(stranger, "own"), is("InvalidAccessKeyId"));
      assertThat(code(client, "late"), is("ExpiredToken"));
    }
    assertThat(
        server.requests().stream().map(RecordedRequest::signed).toList(),
        contains(false, true, false, true, true, true));
  }

  private static String code(S3Client who, String bucket) {
    try {
      who.getObjectAsBytes(r -> r.bucket(bucket).key("k"));
      return "ok";
    } catch (S3Exception e) {
      return e.awsErrorDetails().errorCode();
    }
  }

  @Test
  void meetsRequestsWithTheScriptedFaultsInOrder() {
    server.put("b", "k", HELLO);
    server.script(
        "b",
        "k",
        Fault.status(503).retryAfter("1"),
        Fault.resetAfter(2),
        Fault.closeAfter(2),
        Fault.loseReply(),
        Fault.flipBit(4),
        Fault.etag("other"),
        Fault.body(200, "text/html", "<html>"),
        Fault.slow(500),
        Fault.none());
    S3Exception slowDown = refused(() -> read("k"));
    assertThat(slowDown.awsErrorDetails().errorCode(), is("SlowDown"));
    assertThat(
        slowDown.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("Retry-After").get(),
        is("1"));
    for (int n = 0; n < 3; n++) {
      assertThrows(SdkClientException.class, () -> read("k"));
    }
    assertThat(read("k").asUtf8String(), is("helln"));
    assertThat(read("k").response().eTag(), is("\"other\""));
    assertThat(read("k").asUtf8String(), is("<html>"));
    assertThat(read("k").asUtf8String(), is("hello"));
    assertThat(read("k").asUtf8String(), is("hello"));
    assertThat(server.count("GET", "b", "k"), is(9));
  }

  @Test
  void endsBodiesAsItIsTold() {
    server.put("b", "k", HELLO);
    server.script(
        "b",
        "k",
        Fault.chunked(),
        Fault.chunked().and(Fault.sliced(2)),
        Fault.http10(),
        Fault.http10().and(Fault.closeAfter(4)),
        Fault.trailing("garbage"));
    List<String> bodies = new ArrayList<>();
    List<Long> lengths = new ArrayList<>();
    for (int n = 0; n < 5; n++) {
      ResponseBytes<GetObjectResponse> answer = read("k");
      bodies.add(answer.asUtf8String());
      lengths.add(answer.response().contentLength());
    }
    assertThat(bodies, contains("hello", "hello", "hello", "hell", "hello"));
    assertThat(lengths, contains(null, null, null, null, 5L));
  }

  @Test
  void letsSomethingHappenBeforeARequestIsServed() {
    server.put("b", "k", HELLO);
    server.script("b", "k", Fault.before(() -> server.delete("b", "k")).on("GET"));
    client.headObject(r -> r.bucket("b").key("k"));
    assertThrows(NoSuchKeyException.class, () -> read("k"));
  }

  @Test
  void givesHeadersOfTheTestsBackAndChecksumsToWhoAsks() {
    server.put(
        "b",
        "k",
        HELLO,
        "tag-2",
        Map.of("content-encoding", "identity", "x-amz-checksum-crc32c", "mnG7TA=="));
    HeadObjectResponse plain = client.headObject(r -> r.bucket("b").key("k"));
    HeadObjectResponse asked =
        client.headObject(r -> r.bucket("b").key("k").checksumMode(ChecksumMode.ENABLED));
    assertThat(plain.eTag(), is("\"tag-2\""));
    assertThat(plain.contentEncoding(), is("identity"));
    assertThat(plain.checksumCRC32C() == null, is(true));
    assertThat(asked.checksumCRC32C(), is("mnG7TA=="));
  }

  @Test
  void keepsAFaultForTheMethodThatItIsFor() {
    server.always("b", "k", Fault.error(500, "InternalError").on("PUT"));
    server.put("b", "k", HELLO);
    assertThat(read("k").asByteArray(), is(HELLO));
    S3Exception e =
        refused(() -> client.putObject(r -> r.bucket("b").key("k"), RequestBody.empty()));
    assertThat(e.awsErrorDetails().errorCode(), is("InternalError"));
    server.heal();
    client.putObject(r -> r.bucket("b").key("k"), RequestBody.empty());
    assertThat(server.get("b", "k").orElseThrow().length, is(0));
  }

  @Test
  void hitsExactlyTheShareOfRequests() {
    server.put("b", "k", HELLO);
    server.share(0.3, Fault.status(503));
    for (int n = 0; n < 20; n++) {
      try {
        read("k");
      } catch (S3Exception e) {
        assertThat(e.statusCode(), is(503));
      }
    }
    assertThat(server.requests().stream().filter(r -> r.status() == 503).count(), equalTo(6L));
  }

  @Test
  void recordsTheAnswerThatWasSentThoughAnotherWasDue() throws IOException, InterruptedException {
    try (S3TestServer impatient = S3TestServer.start(0, Duration.ofMillis(1)).bucket("b")) {
      impatient.put("b", "one", HELLO);
      impatient.put("b", "two", HELLO);
      impatient.holdUntil("b", "one", 1000).holdUntilOpen("GET", "b", "two", 2);

      assertThat(List.of(status(impatient, "one"), status(impatient, "two")), contains(500, 500));
      assertThat(
          impatient.requests().stream().map(RecordedRequest::status).toList(), contains(500, 500));
    }
  }

  @Test
  @Timeout(60)
  void holdsAnswersUntilItIsHealed() throws Exception {
    try (S3TestServer impatient = S3TestServer.start(0, Duration.ofMillis(1)).bucket("b")) {
      impatient.put("b", "held/k", HELLO);
      impatient.put("b", "free", HELLO);
      impatient.holdUntilHealed("GET", "b", "held/");
      FutureTask<Integer> held = new FutureTask<>(() -> status(impatient, "held/k"));
      new Thread(held, "held").start();
      while (impatient.count("GET", "b", "held/k") == 0) {
        assertThat(status(impatient, "free"), is(200));
      }
      assertThat(status(impatient, "free"), is(200));
      assertThat(held.isDone(), is(false));

      impatient.heal();

      assertThat(held.get(), is(200));
      assertThat(status(impatient, "held/k"), is(200));
    }
  }

  private static int status(S3TestServer of, String key) throws IOException, InterruptedException {
    HttpRequest get = HttpRequest.newBuilder(of.endpoint().resolve("/b/" + key)).build();
    return HTTP.send(get, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Test
  void closesAlsoWhatIsStalled() {
    server.put("b", "k", HELLO);
    server.script("b", "k", Fault.stall(3));
    try (var body = client.getObject(r -> r.bucket("b").key("k"))) {
      assertThat(body.read(), is((int) 'h'));
      server.close();
      assertThrows(IOException.class, body::readAllBytes);
      body.abort();
    } catch (IOException e) {
      throw new AssertionError("closing an aborted body", e);
    }
  }
}
