package org.cytobeam.io.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.cytobeam.io.s3.FaultyGallery.BUCKET;
import static org.cytobeam.io.s3.FaultyGallery.KEY;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.io.limits.ByteWindow;
import org.cytobeam.io.limits.Scheduler;
import org.cytobeam.testing.s3.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A fetcher takes no more memory than its window says, whatever is asked of it. */
@Timeout(60)
class BytesOnTheirWayTest {

  private static final int WINDOW = 6_000_000;

  private final ByteWindow window = new ByteWindow(WINDOW, Scheduler.system());
  private final FaultyGallery gallery = new FaultyGallery();

  BytesOnTheirWayTest() {
    gallery.with(settings -> settings, window);
  }

  @AfterEach
  void stop() {
    gallery.close();
  }

  private void put(String key, int length) {
    gallery.server.put(BUCKET, key, FaultyGallery.noise(length, length));
  }

  @Test
  void countsBytesUntilTheyAreTaken() throws Exception {
    FetchedBytes fetched = gallery.assertFetched(1);
    assertThat(window.reserved(), is((long) fetched.bytes().length));
    fetched.taken();
    fetched.taken();
    assertThat(window.reserved(), is(0L));
  }

  @Test
  void countsNothingForWhatCanNotBeHad() {
    gallery.always(Fault.status(404));
    gallery.assertFails(Reason.MISSING, 1);
    assertThat(window.reserved(), is(0L));
    gallery.always(Fault.closeAfter(1000));
    gallery.assertFails(Reason.TRUNCATED, 5);
    assertThat(window.reserved(), is(0L));
  }

  @Test
  void countsNothingForWhatIsNoLongerWanted() throws Exception {
    gallery.always(Fault.stall(1000));
    CompletableFuture<FetchedBytes> stalled = gallery.begin(KEY);
    while (gallery.requests().isEmpty()) {
      Thread.onSpinWait();
    }
    stalled.cancel(true);
    put("next", WINDOW);
    FetchedBytes next = gallery.begin("next").get(30, TimeUnit.SECONDS);
    assertThat(next.attempts(), is(1));
    assertThat(window.reserved(), is((long) WINDOW));
  }

  @Test
  void bringsManyThroughAFewAtATime() throws Exception {
    int count = 40;
    for (int i = 0; i < count; i++) {
      put("k" + i, 1_000_000 + i);
    }
    Deque<CompletableFuture<FetchedBytes>> open = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      open.add(gallery.begin("k" + i));
      assertThat(window.reserved(), is(lessThanOrEqualTo(2L * WINDOW)));
    }
    for (int i = 0; i < count; i++) {
      FetchedBytes fetched = open.remove().get(30, TimeUnit.SECONDS);
      assertThat(fetched.bytes().length, is(1_000_000 + i));
      assertThat(window.reserved(), is(lessThanOrEqualTo(2L * WINDOW)));
      fetched.taken();
    }
    assertThat(window.reserved(), is(0L));
  }

  @Test
  void asksForWhatIsMuchLongerThanOthersOnceMoreWhenThereIsRoom() throws Exception {
    for (int i = 0; i < 30; i++) {
      gallery.assertFetched(1).taken();
    }
    put("huge", WINDOW - 100_000);
    gallery.with(settings -> settings.setMaxAttempts(1), window);
    gallery.always(Fault.latency(Duration.ofSeconds(2)));
    CompletableFuture<FetchedBytes> small = gallery.begin(KEY);
    CompletableFuture<FetchedBytes> huge = gallery.begin("huge");
    FetchedBytes fetched = huge.get(30, TimeUnit.SECONDS);
    assertThat(fetched.bytes().length, is(WINDOW - 100_000));
    assertThat("waiting for room is no attempt", fetched.attempts(), is(1));
    assertThat(gallery.server.count("GET", BUCKET, "huge"), is(2));
    assertThat(small.get(30, TimeUnit.SECONDS).attempts(), is(1));
  }

  @Test
  void takesNothingThatDoesNotFitIntoItsMemory() {
    put(KEY, 2 * WINDOW + 1);
    String message = gallery.assertFails(Reason.TOO_LARGE, 1).getMessage();
    assertThat(message, containsString("has 12000001 bytes, more than the 12000000"));
    assertThat(message, containsString("heap"));
  }

  @Test
  void livesInASmallHeapWithLargeImagesAndOneThatIsHuge() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(SmallHeapChild.class.getName(), gallery.server.endpoint().toString()));
    for (int i = 0; i < 90; i++) {
      String key = "mb" + (2 + i % 9);
      put(key, (2 + i % 9) << 20);
      command.add("s3://" + BUCKET + "/" + key);
    }
    gallery.always(Fault.contentLength(500L << 20).and(Fault.stall(1)));
    command.add(50, "s3://" + BUCKET + "/" + KEY);
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader said = child.inputReader(UTF_8)) {
      assertThat(said.readLine(), is("90 fetched, TOO_LARGE"));
      assertThat(child.waitFor(), is(0));
    } finally {
      child.destroyForcibly();
    }
  }
}
