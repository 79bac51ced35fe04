package org.cytobeam.pipelines.run;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.destination.RunLock;
import org.cytobeam.io.destination.RunLocks;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.transforms.outcome.RunFolder;

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
    Consumer<String> tell = invocation.console()::message;
    return take(settings, property, tell, invocation.interrupt()::isRequested, OtherRuns.Time.REAL);
  }

  /**
   * As {@link #take(DestinationSettings, String, Invocation)}.
   *
   * @param tell is told what is waited for
   * @param isStopped whether to stop waiting
   */
  static FolderClaim take(
      DestinationSettings settings,
      String property,
      Consumer<String> tell,
      BooleanSupplier isStopped,
      OtherRuns.Time time)
      throws IOException, MistakesException {
    FolderClaim claim = acquire(settings);
    try {
      RunLocks locks = claim.destination.runLocks();
      OtherRuns others = new OtherRuns(locks, claim.lock.run(), time);
      claim.refuseIfShared(others.awaitDead(tell, isStopped), property);
      return claim;
    } catch (IOException | MistakesException | RuntimeException e) {
      claim.closeAfter(e);
      throw e;
    }
  }

  private static FolderClaim acquire(DestinationSettings settings) throws IOException {
    Destination destination = Destinations.open(settings);
    try {
      return new FolderClaim(destination, destination.runLocks().acquire(settings.run()));
    } catch (IOException | RuntimeException e) {
      destination.close();
      throw e;
    }
  }

  private void refuseIfShared(List<RunId> others, String property) throws MistakesException {
    List<Mistake> mistakes = new ArrayList<>();
    for (RunId other : others) {
      mistakes.add(
          Mistake.in(
              property,
              "run " + other + " is writing into " + destination.root(),
              "wait until it has ended, or choose another folder"));
    }
    if (!mistakes.isEmpty()) {
      throw new MistakesException(mistakes);
    }
  }

  /** A lock that can't be let go comes free by itself; what happened before is what is told. */
  private void closeAfter(Exception failure) {
    try {
      close();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Returns the folder; whoever holds the claim must not close it. */
  public Destination destination() {
    return destination;
  }

  /**
   * Leaves the run, and with it the folder, to other processes; the claim is still to be closed.
   */
  void leave() throws IOException {
    lock.leave();
  }

  /**
   * Lets go of the folder and leaves it as it was before: without the record of the run, and
   * without folders that were made for that alone.
   */
  void forget() throws IOException {
    String record = RunFolder.RUNS + "/" + lock.run();
    try (destination) {
      for (String path : destination.list(record)) {
        destination.delete(path);
      }
      lock.close();
      destination.removeEmptyFolders(record);
    }
  }

  /** Lets go of the folder. */
  @Override
  public void close() throws IOException {
    try (destination) {
      lock.close();
    }
  }
}
