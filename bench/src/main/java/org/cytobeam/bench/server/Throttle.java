package org.cytobeam.bench.server;

/**
 * How fast answers come.
 *
 * @param latencyMillis from the last byte of a request to the first of its answer
 * @param connectionRate bytes a second of one connection; 0 is as fast as it goes
 * @param totalRate bytes a second of all connections together; 0 is as fast as it goes
 */
public record Throttle(int latencyMillis, long connectionRate, long totalRate) {

  /** At once, and as fast as it goes. */
  public static final Throttle NONE = new Throttle(0, 0, 0);

  /** Creates a throttle. */
  public Throttle {
    if (latencyMillis < 0 || connectionRate < 0 || totalRate < 0) {
      throw new IllegalArgumentException("a negative latency or rate");
    }
  }

  /** Returns this throttle with another latency. */
  public Throttle withLatency(int millis) {
    return new Throttle(millis, connectionRate, totalRate);
  }
}
