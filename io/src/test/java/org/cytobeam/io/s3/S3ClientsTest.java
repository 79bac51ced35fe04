package org.cytobeam.io.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.RecordedRequest;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** The synchronous client: Beam's own file system uses that one. */
class S3ClientsTest {

  private static final String BUCKET_KEY = "x-amz-server-side-encryption-bucket-key-enabled";

  private static S3Settings.Builder settings(S3TestServer server) {
    return S3Settings.builder()
        .setEndpoint(server.endpoint())
        .setRetryDelay(Duration.ofMillis(1))
        .setCredentials(
            new StaticCredentials(
                S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY, null));
  }

  private static S3Client client(S3Settings settings) {
    return S3Clients.configure(S3Client.builder(), settings).build();
  }

  @Test
  void readsAPublicBucketAndWritesAnOwnOne() {
    try (S3TestServer server = S3TestServer.start();
        S3Client client = client(settings(server).build())) {
      server.bucket("cellpainting-gallery", Access.UNSIGNED).bucket("own-bucket", Access.SIGNED);
      server.put("cellpainting-gallery", "k", new byte[] {1, 2, 3});
      byte[] bytes =
          client.getObjectAsBytes(r -> r.bucket("cellpainting-gallery").key("k")).asByteArray();
      client.putObject(r -> r.bucket("own-bucket").key("k"), RequestBody.fromBytes(bytes));
      assertThat(server.get("own-bucket", "k").orElseThrow(), is(bytes));
      assertThat(
          client.listObjectsV2(r -> r.bucket("cellpainting-gallery")).contents().size(), is(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"true,true", "false,false"})
  void asksForABucketKeyOnlyWhenOneIsWanted(boolean wanted, boolean sent) {
    try (S3TestServer server = S3TestServer.start().bucket("own-bucket");
        S3Client client = client(settings(server).build())) {
      client.putObject(
          r -> r.bucket("own-bucket").key("k").bucketKeyEnabled(wanted), RequestBody.empty());
      RecordedRequest put = server.requests("own-bucket", "k").get(0);
      assertThat(put.headers().containsKey(BUCKET_KEY), is(sent));
    }
  }

  @Test
  void signsNothingWhenAnonymous() {
    try (S3TestServer server = S3TestServer.start().bucket("any-bucket", Access.UNSIGNED);
        S3Client client = client(settings(server).setAnonymous(true).build())) {
      client.putObject(r -> r.bucket("any-bucket").key("k"), RequestBody.empty());
      assertThat(server.keys("any-bucket").size(), is(1));
    }
  }

  @Test
  void triesAgainAsOftenAsTheSettingsSay() {
    try (S3TestServer server = S3TestServer.start().bucket("own-bucket");
        S3Client client = client(settings(server).setMaxAttempts(4).build())) {
      Fault busy = Fault.status(503);
      server.script("own-bucket", "k", busy, busy, busy);
      assertThrows(
          NoSuchKeyException.class,
          () -> client.getObjectAsBytes(r -> r.bucket("own-bucket").key("k")));
      assertThat(server.count("GET", "own-bucket", "k"), is(4));
    }
  }
}
