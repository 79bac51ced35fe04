package org.cytobeam.transforms.flow;

/** The time that one step takes for one item, in milliseconds. */
public final class Stopwatch {

  private final long start = System.nanoTime();

  /** Returns the milliseconds since the stopwatch was made, to a microsecond. */
  public double millis() {
    return Math.round((System.nanoTime() - start) / 1e3) / 1e3;
  }
}
