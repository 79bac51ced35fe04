package org.cytobeam.io.destination;

import java.io.Closeable;
import java.io.IOException;

/**
 * The sign that a run is alive; closing it says that the run has ended.
 *
 * @see RunLocks#acquire
 */
public interface RunLock extends Closeable {

  /** Returns the run that holds this lock. */
  RunId run();

  /**
   * Lets go of the lock and leaves the run to the processes that have joined it, or will: it counts
   * as alive for {@link RunLocks#LEFT_ALONE} longer than any of them works for it.
   */
  void leave() throws IOException;
}
