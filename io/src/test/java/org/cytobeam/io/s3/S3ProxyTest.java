package org.cytobeam.io.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.testing.s3.S3ProxyServer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Against a server that others wrote. */
class S3ProxyTest {

  private static final String KEY = "batch 1/r01c01+ch1.tif";

  private final byte[] image = new byte[2_000_000];

  S3ProxyTest() {
    new Random(1).nextBytes(image);
  }

  private FetchedBytes putAndFetch(S3Settings settings) throws Exception {
    try (S3AsyncClient client = S3Clients.async(settings)) {
      // As Beam's file system puts it: this header is answered with 501 if it comes through.
      client
          .putObject(
              r -> r.bucket("plates").key(KEY).bucketKeyEnabled(false),
              AsyncRequestBody.fromBytes(image))
          .get(60, TimeUnit.SECONDS);
    }
    try (S3ByteFetcher fetcher = new S3ByteFetcher(settings, image.length)) {
      return fetcher.fetch("s3://plates/" + KEY).get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void readsSignedWhatItWroteSigned() throws Exception {
    try (S3ProxyServer server = S3ProxyServer.signed().bucket("plates")) {
      S3Settings settings = S3Settings.builder().setEndpoint(server.endpoint()).build();
      StaticCredentials key =
          new StaticCredentials(S3ProxyServer.ACCESS_KEY_ID, S3ProxyServer.SECRET_ACCESS_KEY, null);
      FetchedBytes fetched = putAndFetch(settings.toBuilder().setCredentials(key).build());
      assertThat(Arrays.equals(fetched.bytes(), image), is(true));

      try (S3ByteFetcher stranger =
          new S3ByteFetcher(settings.toBuilder().setAnonymous(true).build(), image.length)) {
        String uri = "s3://plates/" + KEY;
        ExecutionException e =
            assertThrows(
                ExecutionException.class, () -> stranger.fetch(uri).get(60, TimeUnit.SECONDS));
        assertThat(FetchException.of(uri, e).reason(), is(Reason.DENIED));
      }
    }
  }

  @Test
  void readsUnsignedWhatItWroteUnsigned() throws Exception {
    try (S3ProxyServer server = S3ProxyServer.anonymous().bucket("plates")) {
      S3Settings settings =
          S3Settings.builder().setEndpoint(server.endpoint()).setAnonymous(true).build();
      assertThat(Arrays.equals(putAndFetch(settings).bytes(), image), is(true));
    }
  }
}
