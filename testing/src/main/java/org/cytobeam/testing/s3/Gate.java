package org.cytobeam.testing.s3;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Holds some requests back until so many stand before it at once, or it is opened; from then on it
 * is open.
 */
final class Gate {

  private final String method;
  private final String bucket;
  private final String prefix;
  private final int needed;
  private final Duration longest;
  private int waiting;
  private boolean isOpen;

  /**
   * Creates a closed gate.
   *
   * @param longest how long a request is held at most
   */
  Gate(String method, String bucket, String prefix, int needed, Duration longest) {
    this.method = method;
    this.bucket = bucket;
    this.prefix = prefix;
    this.needed = needed;
    this.longest = longest;
  }

  /** Returns whether a request has to pass this gate. */
  boolean isFor(Request request) {
    return request.method().equals(method)
        && request.bucket().equals(bucket)
        && request.key().startsWith(prefix);
  }

  /** Lets all through that stand before the gate or come later. */
  synchronized void open() {
    isOpen = true;
    notifyAll();
  }

  /** Returns true when the gate is open, or false if it has not opened for the longest time. */
  synchronized boolean pass() {
    long deadline = System.nanoTime() + longest.toNanos();
    waiting++;
    try {
      while (!isOpen && waiting < needed) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
      open();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting--;
    }
  }
}
