package org.cytobeam.io.limits;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cytobeam.io.limits.HostLimit.Permit;
import org.junit.jupiter.api.Test;

/** Nothing keeps looking whether a host is well again: as little is done as there are requests. */
class HostLimitWakeUpsTest {

  private static final int IN_FLIGHT = 16;
  private static final int WAITING = 500;
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final HandScheduler time = new HandScheduler(0);
  private final HostLimit limit = new HostLimit("host", IN_FLIGHT, time);
  private long requests;

  private List<Permit> fill() {
    List<Permit> permits = new ArrayList<>();
    for (int i = 0; i < IN_FLIGHT; i++) {
      permits.add(limit.acquire().join());
    }
    return permits;
  }

  @Test
  void sleepsForAsLongAsTheHostAsks() {
    List<Permit> permits = fill();
    List<CompletableFuture<Permit>> waiting = new ArrayList<>();
    permits.forEach(permit -> permit.throttled(HOUR));
    for (int i = 0; i < WAITING; i++) {
      waiting.add(i % 2 == 0 ? limit.acquire() : limit.acquireAgain());
    }

    time.pass(HOUR.toNanos() - 1);

    assertThat(time.scheduled(), is(1L));
    assertThat(waiting.stream().noneMatch(CompletableFuture::isDone), is(true));
    time.pass(HOUR.toNanos() / 2);
    assertThat(waiting.stream().filter(CompletableFuture::isDone).count(), is((long) IN_FLIGHT));
  }

  @Test
  void wakesHardlyMoreThanOnceForEachRequestWhileTheHostIsBusyForAnHour() {
    for (int worker = 0; worker < IN_FLIGHT; worker++) {
      send(limit.acquire());
    }

    time.pass(HOUR.toNanos());

    long mostRetries = (long) RetryBudget.CAPACITY + HOUR.toSeconds();
    assertThat(requests, is(greaterThan(HOUR.toSeconds() - 1)));
    assertThat(requests, is(lessThanOrEqualTo(IN_FLIGHT + mostRetries)));
    long ownTasks = 2 * requests;
    long permits = requests;
    long wakeUps = time.scheduled() - ownTasks - permits;
    assertThat(wakeUps, is(lessThanOrEqualTo(requests + requests / 20)));
  }

  /** Sends a request that is turned away after 20 ms, and again 200 ms later. */
  private void send(CompletableFuture<Permit> asked) {
    var unused =
        asked.thenAccept(
            permit -> {
              requests++;
              time.schedule(() -> turnAway(permit), 20 * MILLI);
            });
  }

  private void turnAway(Permit permit) {
    permit.throttled(Duration.ZERO);
    time.schedule(() -> send(limit.acquireAgain()), 200 * MILLI);
  }
}
