package org.cytobeam.pipelines.run;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.destination.RunLock;
import org.cytobeam.io.destination.RunLocks;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;

/** A folder that one run alone writes into, until it is closed. */
public final class FolderClaim implements Closeable {

  private final Destination destination;
  private final RunLock lock;

  private FolderClaim(Destination destination, RunLock lock) {
    this.destination = destination;
    this.lock = lock;
  }

  /**
   * Takes the lock of a folder. Where a run that was killed may still look alive, or one that was
   * started at the same time gives way, waits for that to end.
   *
   * @param property the option that names the folder
   * @throws MistakesException if another run is writing into it
   */
  public static FolderClaim take(
      DestinationSettings settings, String property, Invocation invocation)
      throws IOException, MistakesException {
    Destination destination = Destinations.open(settings);
    try {
      RunLocks locks = destination.runLocks();
      RunLock lock = locks.acquire(settings.run());
      FolderClaim claim = new FolderClaim(destination, lock);
      claim.refuseIfShared(locks, property, invocation);
      return claim;
    } catch (IOException | MistakesException | RuntimeException e) {
      destination.close();
      throw e;
    }
  }

  private void refuseIfShared(RunLocks locks, String property, Invocation invocation)
      throws IOException, MistakesException {
    List<Mistake> mistakes = new ArrayList<>();
    OtherRuns others = new OtherRuns(locks, lock.run(), OtherRuns.Pause.SLEEP);
    for (RunId other :
        others.awaitDead(invocation.console()::message, invocation.interrupt()::isRequested)) {
      mistakes.add(
          Mistake.in(
              property,
              "run " + other + " is writing into " + destination.root(),
              "wait until it has ended, or choose another folder"));
    }
    if (!mistakes.isEmpty()) {
      lock.close();
      throw new MistakesException(mistakes);
    }
  }

  /** Returns the folder; whoever holds the claim must not close it. */
  public Destination destination() {
    return destination;
  }

  /** Lets go of the folder. */
  @Override
  public void close() throws IOException {
    try (destination) {
      lock.close();
    }
  }
}
