package org.cytobeam.io.limits;

/** The time, and things to do later. Safe for use by several threads. */
public interface Scheduler {

  /** Returns nanoseconds since any moment; only differences mean something. */
  long nanoTime();

  /**
   * Runs a task in another thread, not before a while has passed, and returns at once.
   *
   * @param delayNanos 0 for as soon as a thread is free
   */
  void schedule(Runnable task, long delayNanos);

  /** Returns the clock of this machine, and two daemon threads that all in this process share. */
  static Scheduler system() {
    return SystemScheduler.INSTANCE;
  }
}
