package org.cytobeam.pipelines.run;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.destination.RunLocks;

/**
 * The other runs that hold a lock of the output folder. One of them may have been killed and only
 * look alive: that is waited for, and it comes free by itself.
 *
 * <p>Runs that start at once see each other, since each takes its own lock before it looks at
 * theirs. The one whose id comes first goes on: it waits until the others have given way. Which one
 * that is shows when the dead no longer look alive.
 */
final class OtherRuns {

  /** A clock, and how its time passes. */
  interface Time {

    /** The ordinary one. */
    Time REAL =
        new Time() {
          @Override
          public long nanos() {
            return System.nanoTime();
          }

          @Override
          public void pass(Duration pause) throws InterruptedException {
            Thread.sleep(pause.toMillis());
          }
        };

    /** Returns the nanoseconds since some moment. */
    long nanos();

    /** Comes back after that time. */
    void pass(Duration pause) throws InterruptedException;
  }

  /** How much longer than the others the first by its id waits for them to give way. */
  static final Duration GIVING_WAY = Duration.ofSeconds(10);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final RunLocks locks;
  private final RunId own;
  private final Time time;

  /**
   * Creates the view of a run.
   *
   * @param own the run whose lock has been acquired already
   */
  OtherRuns(RunLocks locks, RunId own, Time time) {
    this.locks = locks;
    this.own = own;
    this.time = time;
  }

  /**
   * Waits until no other run looks alive, or as long as a dead one, or one that is about to give
   * way to this, may look so.
   *
   * <p>Only runs that were there at first are looked at again: one that came later sees this one.
   *
   * @param tell is told once, and only if there is something to wait for
   * @param isStopped whether to stop waiting
   * @return the runs that are alive
   * @throws InterruptedIOException if the waiting was stopped
   */
  List<RunId> awaitDead(Consumer<String> tell, BooleanSupplier isStopped) throws IOException {
    long begun = time.nanos();
    List<RunId> held = held(locks.runs());
    Duration longest = longest(held);
    if (longest.compareTo(Duration.ZERO) > 0) {
      tell.accept(message(held, longest));
    }
    Duration dead = locks.deathShowsWithin();
    held = awaitFree(held, begun, dead, isStopped);
    return isFirst(held) ? awaitFree(held, begun, dead.plus(GIVING_WAY), isStopped) : held;
  }

  /** Returns how long it may take until it shows who is alive, and those have given way. */
  private Duration longest(List<RunId> held) {
    Duration dead = locks.deathShowsWithin();
    if (held.isEmpty()) {
      return Duration.ZERO;
    }
    boolean mayBeFirst =
        dead.isZero() ? isFirst(held) : held.stream().anyMatch(other -> own.compareTo(other) < 0);
    return mayBeFirst ? dead.plus(GIVING_WAY) : dead;
  }

  private boolean isFirst(List<RunId> held) {
    return held.stream().allMatch(other -> own.compareTo(other) < 0);
  }

  /**
   * Waits until none of the runs is held, for so long at most, and returns those that still are.
   */
  private List<RunId> awaitFree(
      List<RunId> runs, long begun, Duration longest, BooleanSupplier isStopped)
      throws IOException {
    List<RunId> held = runs;
    long left = longest.toNanos() - (time.nanos() - begun);
    while (!held.isEmpty() && left > 0) {
      pause(Math.min(left, BETWEEN_LOOKS.toNanos()), isStopped);
      held = held(held);
      left = longest.toNanos() - (time.nanos() - begun);
    }
    return held;
  }

  private List<RunId> held(List<RunId> runs) throws IOException {
    List<RunId> held = new ArrayList<>();
    for (RunId run : runs) {
      if (!run.equals(own) && locks.isHeld(run)) {
        held.add(run);
      }
    }
    return held;
  }

  private static String message(List<RunId> held, Duration longest) {
    return String.format(
        Locale.ROOT,
        "%s %s holds the lock of the output folder. Waiting, for %d s at most: if it was killed"
            + " or gives way, its lock comes free.",
        held.size() == 1 ? "Run" : "Each of the runs",
        String.join(", ", held.stream().map(RunId::toString).toList()),
        longest.toSeconds());
  }

  private void pause(long nanos, BooleanSupplier isStopped) throws InterruptedIOException {
    try {
      time.pass(Duration.ofNanos(nanos));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped();
    }
    if (isStopped.getAsBoolean()) {
      throw stopped();
    }
  }

  private static InterruptedIOException stopped() {
    return new InterruptedIOException("stopped while waiting for another run's lock");
  }
}
