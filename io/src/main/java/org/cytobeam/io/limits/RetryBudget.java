package org.cytobeam.io.limits;

import java.util.concurrent.TimeUnit;

/**
 * A bucket of tokens that keeps retries from multiplying what a host in trouble is asked: a retry
 * costs one, a success earns a part of one. It begins full. When it is empty there is still one
 * retry a second, so that a host that is well again is found out.
 *
 * <p>Of {@code n} requests that are needed, no more than {@code n} × {@link #EARNED} + {@link
 * #CAPACITY}, and one a second, are retries. The idea is that of the AWS SDKs' retry quota.
 *
 * <p>Times are nanoseconds of one clock. Not safe for use by several threads.
 */
final class RetryBudget {

  static final double CAPACITY = 100;
  static final double EARNED = 0.45;
  static final long PAUSE_WHEN_EMPTY = TimeUnit.SECONDS.toNanos(1);

  private double tokens = CAPACITY;
  private long lastSpent;

  RetryBudget(long now) {
    lastSpent = now - PAUSE_WHEN_EMPTY;
  }

  void succeeded() {
    tokens = Math.min(CAPACITY, tokens + EARNED);
  }

  /** Returns how long it takes until a retry is paid for if nothing succeeds; 0 if one is. */
  long waitNanos(long now) {
    return tokens >= 1 ? 0 : Math.max(0, lastSpent + PAUSE_WHEN_EMPTY - now);
  }

  /** Pays for a retry, and returns whether that was possible. */
  boolean spend(long now) {
    if (waitNanos(now) > 0) {
      return false;
    }
    tokens = Math.max(0, tokens - 1);
    lastSpent = now;
    return true;
  }
}
