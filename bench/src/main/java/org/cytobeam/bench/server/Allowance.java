package org.cytobeam.bench.server;

/** The bytes that may be sent now under a rate: a bucket that fills as time passes. */
final class Allowance {

  private static final double NANOS_PER_SECOND = 1e9;

  /** What a bucket holds, in seconds of its rate. */
  private static final double FULL = 0.05;

  private final long rate;
  private double bytes;
  private long filledAt;

  /**
   * Creates an empty bucket.
   *
   * @param rate bytes a second; 0 is as many as wanted
   */
  Allowance(long rate, long now) {
    this.rate = rate;
    this.filledAt = now;
  }

  /** Returns how many bytes may be sent at {@code now}, in nanoseconds. */
  int available(long now) {
    if (rate == 0) {
      return Integer.MAX_VALUE;
    }
    double filled = bytes + (now - filledAt) * rate / NANOS_PER_SECOND;
    bytes = Math.min(filled, Math.max(1, rate * FULL));
    filledAt = now;
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, bytes));
  }

  /** Takes bytes that were sent. */
  void take(long sent) {
    if (rate != 0) {
      bytes -= sent;
    }
  }
}
