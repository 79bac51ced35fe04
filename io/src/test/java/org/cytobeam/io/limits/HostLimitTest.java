package org.cytobeam.io.limits;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.cytobeam.io.limits.HostLimit.Permit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({"0,3000", "0.5,3150", "1,3300"})
  void lengthensAPauseByARandomShareOfATenth(double random, long millis) {
    HostLimit other = new HostLimit("host", 2, time, () -> random);
    granted(other.acquire()).throttled(Duration.ofSeconds(3));
    CompletableFuture<Permit> again = other.acquireAgain();
    time.pass(millis * MILLI - 1);
    assertThat(again.isDone(), is(false));
    time.pass(1);
    granted(again);
  }

  @Test
  void doesNotWakeTwoThatWereTurnedAwayTogetherAtOnce() {
    Permit one = granted(limit.acquire());
    Permit two = granted(limit.acquire());
    one.throttled(Duration.ofSeconds(3));
    two.throttled(Duration.ofSeconds(3));
    List<Long> woken = new ArrayList<>();
    var unused = limit.acquireAgain().thenRun(() -> woken.add(time.nanoTime()));
    var alsoUnused = limit.acquireAgain().thenRun(() -> woken.add(time.nanoTime()));
    time.pass(10 * SECOND);
    assertThat(woken.size(), is(2));
    assertThat(woken.get(1) - woken.get(0), is(greaterThan(SECOND / 20)));
  }

  @Test
  void wakesEachOfSeveralProcessesAtAnotherTime() {
    Set<Long> woken = new HashSet<>();
    for (int process = 0; process < 20; process++) {
      HostLimit own = new HostLimit("host", 2, time);
      granted(own.acquire()).throttled(Duration.ofSeconds(3));
      var unused = own.acquire().thenRun(() -> woken.add(time.nanoTime()));
    }
    time.pass(10 * SECOND);
    assertThat(woken, hasSize(20));
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
