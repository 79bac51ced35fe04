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
 * theirs. The one whose id comes first goes on: it waits until the others have given way.
 */
final class OtherRuns {

  /** Lets time pass. */
  @FunctionalInterface
  interface Pause {

    /** Lets the time of an ordinary clock pass. */
    Pause SLEEP = pause -> Thread.sleep(pause.toMillis());

    /** Comes back after that time. */
    void of(Duration pause) throws InterruptedException;
  }

  /** How much longer than the others the first by its id waits for them to give way. */
  static final Duration GIVING_WAY = Duration.ofSeconds(10);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final RunLocks locks;
  private final RunId own;
  private final Pause pause;

  /**
   * Creates the view of a run.
   *
   * @param own the run whose lock has been acquired already
   */
  OtherRuns(RunLocks locks, RunId own, Pause pause) {
    this.locks = locks;
    this.own = own;
    this.pause = pause;
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
    List<RunId> held = held(locks.runs());
    Duration left = locks.deathShowsWithin();
    if (held.stream().allMatch(other -> own.compareTo(other) < 0)) {
      left = left.plus(GIVING_WAY);
    }
    if (!held.isEmpty() && left.compareTo(Duration.ZERO) > 0) {
      tell.accept(message(held, left));
    }
    while (!held.isEmpty() && left.compareTo(Duration.ZERO) > 0) {
      pause(isStopped);
      left = left.minus(BETWEEN_LOOKS);
      held = held(held);
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

  private void pause(BooleanSupplier isStopped) throws InterruptedIOException {
    try {
      pause.of(BETWEEN_LOOKS);
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
