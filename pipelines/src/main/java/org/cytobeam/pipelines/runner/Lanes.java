package org.cytobeam.pipelines.runner;

import java.time.Duration;

/**
 * How the rows of a run are handed out to the steps that move bytes.
 *
 * @param count into how many groups rows are put; so many at most are worked on at once
 * @param paced whether a lane yields after a few rows, for a runner that would else fetch all
 *     before it processes any
 * @param pause for how long a process may be without a lane before it gets the next, where the
 *     steps are made anew for each of many tasks
 */
public record Lanes(int count, boolean paced, Duration pause) {

  /** Of three workers one mostly waits for what two lanes have handed out before. */
  private static final int LANES_PER_3_WORKERS = 2;

  /** Enough that no worker of a cluster runs out of lanes long before the others. */
  private static final int PER_PARALLEL_WORKER = 8;

  /** A lane's rows are in one worker's memory together, about 1 kB each. */
  private static final int MOST_ROWS = 2_000;

  private static final int MOST = 1 << 16;

  /** Creates lanes that a process is never without. */
  public Lanes(int count, boolean paced) {
    this(count, paced, Duration.ZERO);
  }

  /** Throws {@link IllegalArgumentException} if there is no lane. */
  public Lanes {
    if (count < 1) {
      throw new IllegalArgumentException("at least 1 lane, not " + count);
    }
  }

  /** Returns lanes for threads of one process that take turns in the order they come. */
  public static Lanes paced(int workers) {
    return new Lanes(Math.max(1, workers * LANES_PER_3_WORKERS / 3), true);
  }

  /**
   * Returns lanes for workers that each carry a lane through from its first row to its last.
   *
   * @param parallelism how many lanes are worked on at once
   * @param items how many there will be, about
   */
  public static Lanes unpaced(int parallelism, long items) {
    long lanes = Math.max((long) PER_PARALLEL_WORKER * parallelism, items / MOST_ROWS);
    return new Lanes((int) Math.min(MOST, lanes), false);
  }
}
