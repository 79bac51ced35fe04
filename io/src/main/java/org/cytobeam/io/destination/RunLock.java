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
   * as dead where there is none.
   */
  void leave() throws IOException;
}
