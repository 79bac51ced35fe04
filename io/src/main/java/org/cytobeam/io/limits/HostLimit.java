package org.cytobeam.io.limits;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many requests to one host are in flight, and how fast they start.
 *
 * <p>Whoever sends requests acquires a {@link Permit} for each and tells how it ended. As long as
 * the host is well, a permit is there at once, up to the number in flight. When the host asks for
 * fewer requests, all of them slow down: the rate at which they start is halved and grows again
 * steadily; and if it says how long to wait, nothing is sent until then.
 *
 * <p>Retries have a budget, so that they never become many more than what succeeds: a request that
 * was turned away waits for its part of it, one that failed otherwise does without.
 *
 * <p>No thread waits. Safe for use by several threads.
 */
public final class HostLimit {

  private static final Logger LOG = LoggerFactory.getLogger(HostLimit.class);

  /** The share of a pause that it is lengthened by at most, so that not all come back at once. */
  private static final double JITTER = 0.1;

  private final String host;
  private final int maxInFlight;
  private final Scheduler scheduler;
  private final DoubleSupplier random;
  private final Pace pace;
  private final RetryBudget budget;
  private final Deque<CompletableFuture<Permit>> first = new ArrayDeque<>();
  private final Deque<CompletableFuture<Permit>> again = new ArrayDeque<>();
  private int inFlight;
  private long throttles;
  private long wakeAt = Long.MAX_VALUE;
  private boolean slow;

  /**
   * Creates the limit of a host that nothing is known of.
   *
   * @param host its name in the log
   * @param maxInFlight how many requests it is sent at once
   */
  public HostLimit(String host, int maxInFlight, Scheduler scheduler) {
    this(host, maxInFlight, scheduler, () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * Creates a limit whose jitter is foreseeable.
   *
   * @param random gives numbers from 0 to 1
   */
  HostLimit(String host, int maxInFlight, Scheduler scheduler, DoubleSupplier random) {
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("at least 1 request must be in flight");
    }
    this.host = host;
    this.maxInFlight = maxInFlight;
    this.scheduler = scheduler;
    this.random = random;
    this.pace = new Pace(scheduler.nanoTime());
    this.budget = new RetryBudget(scheduler.nanoTime());
  }

  /**
   * Asks to send a request. Permits are given in the order of asking; cancelling the future gives
   * the place in the queue up.
   *
   * @return completes when the request may start; exceptionally only if the caller does so
   */
  public CompletableFuture<Permit> acquire() {
    return acquire(first);
  }

  /**
   * Asks to send a request again that the host has turned away. It goes before those that have not
   * been sent at all, as soon as there is a retry to spend.
   */
  public CompletableFuture<Permit> acquireAgain() {
    return acquire(again);
  }

  /**
   * Spends a retry for a request that failed, and returns whether there was one to spend. If not,
   * too many requests to this host have failed of late: better to fail than to add to it.
   */
  public synchronized boolean spendRetry() {
    return budget.spend(scheduler.nanoTime());
  }

  /** Returns how often the host has asked for fewer requests. */
  public synchronized long throttles() {
    return throttles;
  }

  /** Returns how many requests may start in a second now; infinite if there is no limit. */
  public synchronized double rate() {
    return pace.rate(scheduler.nanoTime());
  }

  private synchronized CompletableFuture<Permit> acquire(Deque<CompletableFuture<Permit>> queue) {
    long now = scheduler.nanoTime();
    boolean alone = first.isEmpty() && again.isEmpty();
    if (alone && inFlight < maxInFlight && waitNanos(queue, now) == 0) {
      return CompletableFuture.completedFuture(start(queue, now));
    }
    CompletableFuture<Permit> waiting = new CompletableFuture<>();
    queue.add(waiting);
    drain();
    return waiting;
  }

  private long waitNanos(Deque<?> queue, long now) {
    return Math.max(pace.waitNanos(now), queue == again ? budget.waitNanos(now) : 0);
  }

  private Permit start(Deque<?> queue, long now) {
    if (queue == again) {
      budget.spend(now);
    }
    pace.start(now);
    inFlight++;
    noteSpeed(now);
    return new Permit(now);
  }

  /** Gives permits to those that wait, and sees to it that it is called when there are more. */
  private synchronized void drain() {
    long now = scheduler.nanoTime();
    while (inFlight < maxInFlight) {
      skipCancelled(again);
      skipCancelled(first);
      Deque<CompletableFuture<Permit>> queue = next(now);
      if (queue.isEmpty()) {
        return;
      }
      long wait = waitNanos(queue, now);
      if (wait > 0) {
        wakeIn(wait, now);
        return;
      }
      CompletableFuture<Permit> waiting = queue.remove();
      Permit permit = start(queue, now);
      scheduler.schedule(() -> hand(permit, waiting), 0);
    }
  }

  /** Retries go first, unless they have to wait for more than the pace and others don't. */
  private Deque<CompletableFuture<Permit>> next(long now) {
    return again.isEmpty() || (budget.waitNanos(now) > 0 && !first.isEmpty()) ? first : again;
  }

  private static void skipCancelled(Deque<CompletableFuture<Permit>> queue) {
    while (!queue.isEmpty() && queue.getFirst().isDone()) {
      queue.removeFirst();
    }
  }

  private static void hand(Permit permit, CompletableFuture<Permit> waiting) {
    if (!waiting.complete(permit)) {
      permit.ended();
    }
  }

  private void wakeIn(long nanos, long now) {
    if (wakeAt <= now + nanos && wakeAt > now) {
      return;
    }
    long time = now + nanos;
    wakeAt = time;
    scheduler.schedule(
        () -> {
          synchronized (this) {
            if (wakeAt == time) {
              wakeAt = Long.MAX_VALUE;
            }
          }
          drain();
        },
        nanos);
  }

  private synchronized void release() {
    inFlight--;
    drain();
  }

  private synchronized void throttled(long startedAt, Duration asked) {
    throttles++;
    long now = scheduler.nanoTime();
    pace.throttled(now, startedAt);
    if (!asked.isZero()) {
      double jitter = 1 + JITTER * random.getAsDouble();
      pace.hold(now, (long) (asked.toNanos() * jitter));
    }
    noteSpeed(now);
  }

  private void noteSpeed(long now) {
    double rate = pace.rate(now);
    boolean nowSlow = rate != Double.POSITIVE_INFINITY;
    if (nowSlow && !slow) {
      LOG.info(
          "{} asks for fewer requests: now {} a second, growing again while it doesn't",
          host,
          String.format(Locale.ROOT, "%.1f", rate));
    } else if (slow && !nowSlow) {
      LOG.info("{} takes requests at any rate again", host);
    }
    slow = nowSlow;
  }

  /** The right to have one request in flight. One of its methods is called, once, when it ends. */
  public final class Permit {

    private final long startedAt;
    private boolean over;

    private Permit(long startedAt) {
      this.startedAt = startedAt;
    }

    /** Tells that the host did as asked, be it that it knew no such thing. */
    public void succeeded() {
      synchronized (HostLimit.this) {
        budget.succeeded();
        ended();
      }
    }

    /** Tells that the request failed, or was given up, for a reason that says nothing of pace. */
    public void ended() {
      synchronized (HostLimit.this) {
        if (!over) {
          over = true;
          release();
        }
      }
    }

    /**
     * Tells that the host asks for fewer requests.
     *
     * @param asked how long it asks to wait; zero if it doesn't say
     */
    public void throttled(Duration asked) {
      synchronized (HostLimit.this) {
        HostLimit.this.throttled(startedAt, asked);
        ended();
      }
    }
  }
}
