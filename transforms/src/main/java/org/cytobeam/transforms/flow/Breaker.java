package org.cytobeam.transforms.flow;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends a run when nothing works any more: after a number of transient failures in a row, with no
 * success between them, the cause is not in the items.
 *
 * <p>One breaker serves all instances of a step in a process. Safe for use by several threads.
 */
public final class Breaker {

  /** Transient failures in a row that end a run. */
  public static final int DEFAULT_LIMIT = 50;

  private final int limit;
  private final AtomicInteger inARow = new AtomicInteger();

  /** Creates a breaker that opens at the given number of failures in a row. */
  public Breaker(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a breaker opens at 1 failure or more, not " + limit);
    }
    this.limit = limit;
  }

  /** Notes that a request was answered, be it with a refusal: the other side is alive. */
  public void answered() {
    inARow.set(0);
  }

  /**
   * Notes a transient failure.
   *
   * @throws RunAbortedException if it was one too many
   */
  public void transientFailure(String message) throws RunAbortedException {
    if (inARow.incrementAndGet() >= limit) {
      throw new RunAbortedException(
          limit
              + " requests in a row failed for reasons that usually pass; the last: "
              + message
              + ". Run the same command again later: it tries them again, and goes on.");
    }
  }
}
