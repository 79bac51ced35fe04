package org.cytobeam.io.destination;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Which runs on a destination are alive. Each holds {@code _cytobeam/runs/<run>/lock} from before
 * its first file to after its last.
 *
 * <p>On a local folder that is a lock of the operating system, free at once when the process ends,
 * however it ends; each process that takes part in a run holds a lock of its own on the same file.
 * On S3 it is an object that is renewed every 15 seconds and counts as free when it is gone or a
 * minute old by the server's own clock.
 *
 * <p>A run that was found free never comes back, because every run has an id of its own; only one
 * that a cluster has not begun to work for within {@link #LEFT_ALONE} still may.
 */
public interface RunLocks {

  /** How long a cluster may have no worker for a run that was left to it. */
  Duration LEFT_ALONE = Duration.ofMinutes(10);

  /**
   * Takes the lock of a run for as long as it lives.
   *
   * @throws DestinationException if the destination can't take any file, or knows no locks
   * @throws java.nio.file.FileAlreadyExistsException if the run has been started before
   */
  RunLock acquire(RunId run) throws IOException;

  /**
   * Takes part in a run that another process has begun, perhaps on another machine: until the lock
   * is closed the run is alive, even if the process that began it has ended.
   *
   * @throws UnknownRunException if the run has no lock here: this is not the destination that it
   *     was begun on, or it has ended
   */
  RunLock join(RunId run) throws IOException;

  /**
   * Says that a run which was {@linkplain RunLock#leave left} to other processes has come to its
   * end; nothing happens if it was not.
   */
  void end(RunId run) throws IOException;

  /** Returns whether a run is alive. */
  boolean isHeld(RunId run) throws IOException;

  /**
   * Returns for how long a run that has died may still look alive: zero where the operating system
   * frees its lock.
   */
  Duration deathShowsWithin();

  /** Returns all runs that the destination has a record of, the oldest first. */
  List<RunId> runs() throws IOException;
}
