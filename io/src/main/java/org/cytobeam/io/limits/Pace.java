package org.cytobeam.io.limits;

import java.util.concurrent.TimeUnit;

/**
 * How fast requests to one host may start: additive increase, multiplicative decrease.
 *
 * <p>At first at any rate. When the host asks for fewer, the rate at which it was asked is halved,
 * but once for each epoch: answers to requests that had started before the last cut are its echo.
 * From then on the rate grows steadily, by as much as it was at its highest in {@link
 * #RECOVERY_SECONDS}; at double that height it is free again.
 *
 * <p>Times are nanoseconds of one clock. Not safe for use by several threads.
 */
final class Pace {

  /** A rate that is no burden for any host; in requests a second, like all rates. */
  static final double LEAST_RATE = 4;

  static final double CUT = 0.5;
  static final double RECOVERY_SECONDS = 10;
  static final double FREE_AT = 2;

  /** After such a pause nothing is known of the rate. */
  private static final double IDLE_SECONDS = 3;

  /** In less time a burst would look like a rate. */
  private static final double LEAST_BUSY_SECONDS = 0.1;

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private boolean free = true;
  private double base;
  private double highest;
  private long lastCut;
  private long growsFrom;
  private long nextStart;
  private long heldUntil;

  /** Starts of late; one counts for less and less, in a second for 1/e. */
  private double started;

  private long lastStart;
  private long busySince;

  Pace(long now) {
    lastCut = now - 1;
    growsFrom = now;
    nextStart = now;
    heldUntil = now;
    lastStart = now;
    busySince = now;
  }

  /** Returns the rate at which requests may start now; infinite if it is free. */
  double rate(long now) {
    if (!free) {
      double seconds = Math.max(0, now - growsFrom) / NANOS;
      double rate = base + highest * seconds / RECOVERY_SECONDS;
      free = rate >= FREE_AT * highest;
      if (!free) {
        return rate;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /** Returns how long it takes until the next request may start; 0 if it may. */
  long waitNanos(long now) {
    long paced = rate(now) == Double.POSITIVE_INFINITY ? 0 : nextStart - now;
    return Math.max(0, Math.max(paced, heldUntil - now));
  }

  /** Notes that a request starts. */
  void start(long now) {
    if (now - lastStart > IDLE_SECONDS * NANOS) {
      busySince = now;
      started = 0;
    }
    started = 1 + started * Math.exp(-(now - lastStart) / NANOS);
    lastStart = now;
    double rate = rate(now);
    if (rate != Double.POSITIVE_INFINITY) {
      nextStart = now + (long) (NANOS / rate);
    }
  }

  /** Lets no request start for a while. */
  void hold(long now, long nanos) {
    heldUntil = Math.max(heldUntil, now + nanos);
    growsFrom = Math.max(growsFrom, heldUntil);
  }

  /**
   * Notes that the host asks for fewer requests.
   *
   * @param startedAt when the request that it answers so had started
   * @return whether the rate is cut for it
   */
  boolean throttled(long now, long startedAt) {
    if (startedAt <= lastCut) {
      return false;
    }
    double allowed = rate(now);
    double was = Math.max(LEAST_RATE, Math.min(allowed, startedRate(now)));
    highest = free ? was : Math.max(highest, was);
    base = Math.max(LEAST_RATE, CUT * was);
    free = false;
    lastCut = now;
    growsFrom = Math.max(now, heldUntil);
    nextStart = Math.max(now, lastStart + (long) (NANOS / base));
    return true;
  }

  /** Returns how many requests have started in a second, from about the last second. */
  private double startedRate(long now) {
    double busy = Math.max(LEAST_BUSY_SECONDS, (now - busySince) / NANOS);
    return started * Math.exp(-(now - lastStart) / NANOS) / (1 - Math.exp(-busy));
  }
}
