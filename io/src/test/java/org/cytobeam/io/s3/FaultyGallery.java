package org.cytobeam.io.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.io.limits.ByteWindow;
import org.cytobeam.io.limits.HostLimit;
import org.cytobeam.io.limits.HostLimits;
import org.cytobeam.io.limits.Scheduler;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.RecordedRequest;
import org.cytobeam.testing.s3.S3TestServer;

/** A public bucket with one image on a server that fails to order, and a fetcher to read it. */
final class FaultyGallery implements AutoCloseable {

  static final String BUCKET = "cellpainting-gallery";
  static final String KEY = "image.tif";
  static final int LENGTH = 300_000;

  private static final int MAX_BYTES = 20_000_000;

  final S3TestServer server = S3TestServer.start().bucket(BUCKET, Access.UNSIGNED);
  final byte[] image = noise(LENGTH, 1);
  final HostLimits limits = new HostLimits(Scheduler.system());
  private final List<S3ByteFetcher> fetchers = new ArrayList<>();
  private S3ByteFetcher fetcher;
  private volatile Runnable beforeRetry = () -> {};

  FaultyGallery() {
    server.put(BUCKET, KEY, image);
    fetcher = use(settings -> settings, ByteWindow.ofHeap());
  }

  static byte[] noise(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Fetches with other settings from now on. */
  void with(UnaryOperator<S3Settings.Builder> change) {
    fetcher = use(change, ByteWindow.ofHeap());
  }

  /** Fetches with other settings and in another window from now on. */
  void with(UnaryOperator<S3Settings.Builder> change, ByteWindow window) {
    fetcher = use(change, window);
  }

  private S3ByteFetcher use(UnaryOperator<S3Settings.Builder> change, ByteWindow window) {
    S3Settings.Builder settings =
        S3Settings.builder()
            .setEndpoint(server.endpoint())
            .setRetryDelay(Duration.ofMillis(1))
            .setMaxRetryDelay(Duration.ofMillis(10))
            .setMaxAttempts(5)
            .setReadTimeout(Duration.ofSeconds(10));
    S3ByteFetcher made =
        new S3ByteFetcher(
            change.apply(settings).build(),
            () -> {
              throw new AssertionError("credentials were looked for");
            },
            MAX_BYTES,
            limits,
            window,
            this::random);
    fetchers.add(made);
    return made;
  }

  /** Runs an action whenever an attempt has failed and before there is another. */
  void beforeRetry(Runnable action) {
    beforeRetry = action;
  }

  private double random() {
    beforeRetry.run();
    return ThreadLocalRandom.current().nextDouble();
  }

  HostLimit limit() {
    return limits.of(server.endpoint().getAuthority(), 1);
  }

  void script(Fault... faults) {
    server.script(BUCKET, KEY, faults);
  }

  void always(Fault fault) {
    server.always(BUCKET, KEY, fault);
  }

  CompletableFuture<FetchedBytes> begin(String key) {
    return fetcher.fetch("s3://" + BUCKET + "/" + key);
  }

  /** Fetches the image, which must come whole, after so many requests. */
  FetchedBytes assertFetched(int requests) throws Exception {
    server.clearLog();
    FetchedBytes fetched = begin(KEY).get(40, TimeUnit.SECONDS);
    assertThat(Arrays.equals(fetched.bytes(), server.get(BUCKET, KEY).orElseThrow()), is(true));
    assertThat(fetched.attempts(), is(requests));
    assertThat(requests().size(), is(requests));
    return fetched;
  }

  /** Fetches the image, which must fail after so many requests. */
  FetchException assertFails(Reason reason, int requests) {
    server.clearLog();
    ExecutionException thrown =
        assertThrows(ExecutionException.class, () -> begin(KEY).get(40, TimeUnit.SECONDS));
    FetchException failure = FetchException.of(KEY, thrown);
    assertThat(failure.getMessage(), failure.reason(), is(reason));
    assertThat(failure.getMessage(), failure.attempts(), is(requests));
    return failure;
  }

  List<RecordedRequest> requests() {
    return server.requests(BUCKET, KEY);
  }

  /** Returns the {@code Range} of each request, or "all". */
  List<String> ranges() {
    return requests().stream().map(r -> r.range().orElse("all")).toList();
  }

  @Override
  public void close() {
    fetchers.parallelStream().forEach(S3ByteFetcher::close);
    server.close();
  }
}
