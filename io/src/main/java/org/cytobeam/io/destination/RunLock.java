package org.cytobeam.io.destination;

import java.io.Closeable;

/**
 * The sign that a run is alive; closing it says that the run has ended.
 *
 * @see RunLocks#acquire
 */
public interface RunLock extends Closeable {

  /** Returns the run that holds this lock. */
  RunId run();
}
