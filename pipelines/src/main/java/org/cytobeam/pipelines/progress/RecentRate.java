package org.cytobeam.pipelines.progress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How fast a run has been lately. What happened longer ago than {@link #WINDOW} is forgotten, so
 * that a start-up, or thousands of items that were done already, don't spoil what is told later.
 */
final class RecentRate {

  /** Long enough for some images of the slowest kind, short enough to follow a change. */
  static final Duration WINDOW = Duration.ofSeconds(30);

  /** Rates of less time than this jump about and are not told. */
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  private static final double NANOS_PER_SECOND = 1e9;

  private record Sample(long nanos, Progress progress) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /**
   * Adds how far the run is.
   *
   * @param nanos when that was, as {@link System#nanoTime} counts; never less than before
   */
  void add(long nanos, Progress progress) {
    samples.addLast(new Sample(nanos, progress));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW.toNanos()) {
      samples.removeFirst();
    }
  }

  /** Returns how many items a second have ended lately, 0 if that can't be told yet. */
  double items() {
    return perSecond(last().ended() - first().ended());
  }

  /** Returns how many bytes a second have been fetched lately, 0 if that can't be told yet. */
  double bytes() {
    return perSecond(last().bytesFetched() - first().bytesFetched());
  }

  /** Returns how long the rest takes at this rate; empty if that can't be told. */
  Optional<Duration> left() {
    double rate = items();
    long rest = last().total() - last().ended();
    return rate > 0 && rest >= 0
        ? Optional.of(Duration.ofSeconds((long) Math.ceil(rest / rate)))
        : Optional.empty();
  }

  private Progress first() {
    return samples.getFirst().progress();
  }

  private Progress last() {
    return samples.getLast().progress();
  }

  private double perSecond(long count) {
    long nanos = samples.getLast().nanos() - samples.getFirst().nanos();
    return nanos < SHORTEST.toNanos() ? 0 : Math.max(0, count) * NANOS_PER_SECOND / nanos;
  }
}
