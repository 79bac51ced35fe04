package org.cytobeam.io.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.cytobeam.io.s3.FaultyGallery.BUCKET;
import static org.cytobeam.io.s3.FaultyGallery.KEY;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts where nobody listens, or that have no name: at first, or always. */
@Timeout(60)
class UnreachableHostTest {

  /** A label of 64 letters fits into no query (RFC 1035 §2.3.4): no name server is asked. */
  private static final URI NAMELESS = URI.create("http://" + "x".repeat(64) + ".invalid");

  private final FaultyGallery gallery = new FaultyGallery();

  @AfterEach
  void stop() {
    gallery.close();
  }

  private static URI nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  private void use(URI endpoint, int maxAttempts) {
    gallery.with(
        s ->
            s.setEndpoint(endpoint)
                .setMaxAttempts(maxAttempts)
                .setMaxRetryDelay(Duration.ofMillis(200))
                .setConnectTimeout(Duration.ofMillis(500)));
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    use(nobody(), 3);
    assertFailsAfterTries(3);
  }

  @Test
  void saysThatThereIsNoSuchHost() {
    use(NAMELESS, 3);
    assertFailsAfterTries(3);
  }

  /** Counts the tries, and the failures between them. */
  private void assertFailsAfterTries(int attempts) {
    AtomicInteger between = new AtomicInteger();
    gallery.beforeRetry(between::incrementAndGet);
    gallery.assertFails(Reason.UNREACHABLE, attempts);
    assertThat(between.get(), is(attempts - 1));
  }

  @Test
  void triesAgainWhenNobodyListensYet() throws Exception {
    URI later = nobody();
    use(later, 20);
    List<S3TestServer> started = new CopyOnWriteArrayList<>();
    gallery.beforeRetry(() -> startOnce(started, later.getPort()));
    try {
      FetchedBytes fetched = gallery.begin(KEY).get(30, TimeUnit.SECONDS);
      assertThat(fetched.attempts(), is(greaterThan(1)));
      assertThat(Arrays.equals(fetched.bytes(), gallery.image), is(true));
      assertThat(started.get(0).count("GET", BUCKET, KEY), is(1));
    } finally {
      started.forEach(S3TestServer::close);
    }
  }

  private void startOnce(List<S3TestServer> started, int port) {
    if (started.isEmpty()) {
      S3TestServer server = S3TestServer.start(port).bucket(BUCKET);
      server.put(BUCKET, KEY, gallery.image);
      started.add(server);
    }
  }

  @Test
  void triesAgainWhenTheHostHasNoNameYet(@TempDir Path folder) throws Exception {
    Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 another\n");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-Djdk.net.hosts.file=" + hosts));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(LateNameChild.class.getName(), hosts.toString()));
    command.add(Integer.toString(gallery.server.endpoint().getPort()));
    command.add("s3://" + BUCKET + "/" + KEY);
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader said = child.inputReader(UTF_8)) {
      assertThat(said.readLine(), is("300000 bytes, 2 attempts, 1 failed"));
      assertThat(child.waitFor(), is(0));
    } finally {
      child.destroyForcibly();
    }
    assertThat(gallery.requests().size(), is(1));
  }

  @Test
  void requestsThatWaitTogetherKnockOnce() throws Exception {
    gallery.with(s -> s.setConnectTimeout(Duration.ofMillis(800)));
    gallery.server.holdUntilHealed("GET", BUCKET, KEY);
    List<CompletableFuture<FetchedBytes>> waiting =
        Stream.generate(() -> gallery.begin(KEY)).limit(8).toList();
    while (gallery.server.count("HEAD", BUCKET, "") == 0) {
      Thread.onSpinWait();
    }

    gallery.server.heal();

    for (CompletableFuture<FetchedBytes> fetched : waiting) {
      assertThat(fetched.get(30, TimeUnit.SECONDS).attempts(), is(1));
    }
    assertThat(gallery.server.count("HEAD", BUCKET, ""), is(1));
  }

  /** The client's pool of connections forgets such a request now and then. */
  @RepeatedTest(10)
  void isNotForgottenWhenNobodyListens() throws Exception {
    use(nobody(), 2);
    FetchException first = failure(gallery.begin(KEY));
    FetchException second = failure(gallery.begin(KEY));
    assertThat(
        List.of(first.reason(), second.reason()),
        is(List.of(Reason.UNREACHABLE, Reason.UNREACHABLE)));
    assertThat(List.of(first.attempts(), second.attempts()), is(List.of(2, 2)));
  }

  @Test
  void stopsTryingAgainWhenNothingAnswersAnyMore() throws Exception {
    use(nobody(), 5);
    List<CompletableFuture<FetchedBytes>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(gallery.begin("x" + i));
    }
    int requests = 0;
    for (CompletableFuture<FetchedBytes> one : all) {
      requests += failure(one).attempts();
    }
    assertThat(requests, is(greaterThan(100)));
    assertThat(requests, is(lessThan(100 + 100 + 20)));
  }

  private static FetchException failure(CompletableFuture<FetchedBytes> one) {
    return FetchException.of("x", one.handle((bytes, thrown) -> thrown).join());
  }
}
