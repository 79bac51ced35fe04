package org.cytobeam.io.limits;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.cytobeam.io.limits.HostLimit.Permit;
import org.junit.jupiter.api.Test;

class HostLimitTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final HandScheduler time = new HandScheduler(-2 * SECOND);
  private final HostLimit limit = new HostLimit("host", 2, time);

  private static Permit granted(CompletableFuture<Permit> asked) {
    assertThat(asked.isDone(), is(true));
    return asked.join();
  }

  @Test
  void letsAsManyThroughAsMayBeInFlightAndTheOthersInTheirOrder() {
    Permit one = granted(limit.acquire());
    Permit two = granted(limit.acquire());
    CompletableFuture<Permit> three = limit.acquire();
    CompletableFuture<Permit> four = limit.acquire();
    time.settle();
    assertThat(three.isDone(), is(false));
    two.succeeded();
    two.succeeded();
    time.settle();
    assertThat(List.of(three.isDone(), four.isDone()), contains(true, false));
    one.ended();
    time.settle();
    granted(four);
  }

  @Test
  void givesNoPermitToWhoNoLongerWaits() {
    Permit one = granted(limit.acquire());
    granted(limit.acquire());
    CompletableFuture<Permit> cancelled = limit.acquire();
    CompletableFuture<Permit> late = limit.acquire();
    CompletableFuture<Permit> last = limit.acquire();
    cancelled.cancel(true);
    one.ended();
    late.cancel(true);
    time.settle();
    granted(last);
  }

  @Test
  void holdsTheWholeHostBackForAsLongAsItAsks() {
    Permit permit = granted(limit.acquire());
    time.pass(SECOND);
    permit.throttled(Duration.ofSeconds(3));
    CompletableFuture<Permit> again = limit.acquireAgain();
    CompletableFuture<Permit> other = limit.acquire();
    time.pass(3 * SECOND - 1);
    assertThat(again.isDone() || other.isDone(), is(false));
    long start = time.nanoTime();
    while (!again.isDone()) {
      time.pass(MILLI);
    }
    assertThat(time.nanoTime() - start, is(lessThanOrEqualTo(3 * SECOND / 10 + MILLI)));
    assertThat("the next start is spaced", other.isDone(), is(false));
    time.pass(SECOND / 4);
    granted(other);
  }

  @Test
  void letsRetriesGoFirst() {
    Permit one = granted(limit.acquire());
    granted(limit.acquire());
    CompletableFuture<Permit> fresh = limit.acquire();
    CompletableFuture<Permit> again = limit.acquireAgain();
    one.ended();
    time.settle();
    assertThat(List.of(fresh.isDone(), again.isDone()), contains(false, true));
  }

  @Test
  void letsOthersPassARetryThatNothingPaysFor() {
    while (limit.spendRetry()) {
      assertThat(limit.throttles(), is(0L));
    }
    CompletableFuture<Permit> again = limit.acquireAgain();
    CompletableFuture<Permit> other = limit.acquire();
    time.settle();
    granted(other).ended();
    assertThat(again.isDone(), is(false));
    time.pass(SECOND);
    granted(again);
  }

  @Test
  void countsHowOftenItWasTurnedAway() {
    granted(limit.acquire()).throttled(Duration.ZERO);
    time.pass(SECOND);
    granted(limit.acquire()).throttled(Duration.ZERO);
    assertThat(limit.throttles(), is(2L));
  }

  @Test
  void isOneForEachHost() {
    HostLimits limits = new HostLimits(time);
    assertThat(limits.of("a:1", 3), is(sameInstance(limits.of("a:1", 4))));
    assertThat(limits.of("a:2", 3), is(not(sameInstance(limits.of("a:1", 3)))));
  }

  /** Workers that fetch one thing after another from a host, and turned away ask again. */
  private static final class Plate {

    private final HandScheduler time = new HandScheduler(0);
    private final HostLimit limit = new HostLimit("host", 16, time);
    private final long busyFrom;
    private final long busyUntil;
    private final int percent;
    private final List<Long> starts = new ArrayList<>();
    private int waiting;
    private int done;

    Plate(int needed, long busyFrom, long busyUntil, int percent) {
      this.waiting = needed;
      this.busyFrom = busyFrom;
      this.busyUntil = busyUntil;
      this.percent = percent;
      for (int worker = 0; worker < 16; worker++) {
        next();
      }
    }

    private void next() {
      if (waiting > 0) {
        waiting--;
        send(limit.acquire());
      }
    }

    private void send(CompletableFuture<Permit> asked) {
      var unused = asked.thenAccept(permit -> time.schedule(() -> answer(permit), 20 * MILLI));
      var alsoUnused = asked.thenRun(() -> starts.add(time.nanoTime()));
    }

    private void answer(Permit permit) {
      long now = time.nanoTime();
      boolean busy = now >= busyFrom && now < busyUntil;
      if (busy && (starts.size() * 37L) % 100 < percent) {
        permit.throttled(Duration.ZERO);
        time.schedule(() -> send(limit.acquireAgain()), 200 * MILLI);
      } else {
        permit.succeeded();
        done++;
        next();
      }
    }

    double perSecond(long from, long until) {
      long count = starts.stream().filter(start -> start >= from && start < until).count();
      return count / ((until - from) / (double) SECOND);
    }
  }

  @Test
  void slowsDownWhileAHostIsBusyAndThenRecovers() {
    int needed = 60_000;
    Plate plate = new Plate(needed, 10 * SECOND, 70 * SECOND, 30);
    plate.time.pass(600 * SECOND);
    assertThat(plate.done, is(needed));
    double before = plate.perSecond(5 * SECOND, 10 * SECOND);
    assertThat(before, is(800.0));
    assertThat(plate.perSecond(20 * SECOND, 70 * SECOND), is(lessThan(before / 4)));
    assertThat(plate.perSecond(20 * SECOND, 70 * SECOND), is(greaterThan(4.0)));
    assertThat(plate.perSecond(82 * SECOND, 87 * SECOND), is(greaterThanOrEqualTo(0.99 * before)));
    assertThat(plate.starts.size(), is(lessThan(needed + needed / 50)));
  }

  @Property(tries = 30)
  void finishesWithFewRequestsTooManyHoweverBusyAHostIs(
      @ForAll @IntRange(min = 1, max = 2000) int needed,
      @ForAll @IntRange(min = 0, max = 100) int percent) {
    Plate plate = new Plate(needed, 0, 60 * SECOND, percent);
    plate.time.pass(3600 * SECOND);
    assertThat(plate.done, is(needed));
    assertThat(
        (double) plate.starts.size(),
        is(lessThanOrEqualTo(needed + needed * RetryBudget.EARNED + 100 + 60 + 1)));
  }
}
