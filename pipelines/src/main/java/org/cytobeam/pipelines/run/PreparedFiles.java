package org.cytobeam.pipelines.run;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.transforms.outcome.RunFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs keep of their {@linkplain Preparation preparation} while they need it, in the records
 * of an output folder. What can't be removed now is left to the next run, and fails none.
 */
final class PreparedFiles {

  private static final Logger LOG = LoggerFactory.getLogger(PreparedFiles.class);

  private final Destination destination;
  private final Predicate<String> isOnlyForTheRun;

  /**
   * Creates a view on the records of a folder.
   *
   * @param isOnlyForTheRun tells which files are meant, by their paths
   */
  PreparedFiles(Destination destination, Predicate<String> isOnlyForTheRun) {
    this.destination = destination;
    this.isOnlyForTheRun = isOnlyForTheRun;
  }

  /** Removes those of a run that needs them no more. */
  void removeOf(RunId run) {
    remove(RunFolder.RUNS + "/" + run, path -> true);
  }

  /** Removes those of all runs that have ended, however they did: killed, or on a cluster. */
  void removeOfDeadRuns() {
    Map<String, Boolean> alive = new HashMap<>();
    remove(
        RunFolder.RUNS, path -> !alive.computeIfAbsent(path.split("/")[2], this::mayStillBeAlive));
  }

  private void remove(String folder, Predicate<String> isDead) {
    try {
      TreeSet<String> emptied = new TreeSet<>();
      for (String path : destination.list(folder)) {
        if (isOnlyForTheRun.test(path) && isDead.test(path)) {
          destination.delete(path);
          emptied.add(path.substring(0, path.lastIndexOf('/')));
        }
      }
      for (String parent : emptied) {
        destination.removeEmptyFolders(parent);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("What was prepared can't be removed from {}; the next run tries again", folder, e);
    }
  }

  private boolean mayStillBeAlive(String run) {
    try {
      return !RunId.isRunId(run) || destination.runLocks().isHeld(new RunId(run));
    } catch (IOException e) {
      LOG.debug("Whether run {} is alive can't be told now", run, e);
      return true;
    }
  }
}
