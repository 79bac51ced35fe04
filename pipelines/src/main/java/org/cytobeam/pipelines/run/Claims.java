package org.cytobeam.pipelines.run;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;

/**
 * The folders that the runs of one command write into, all claimed before the first run begins, so
 * that a command with several either has them all or has started nothing.
 *
 * <p>Order of calls: {@link #claim} and {@link #take} for each, {@link #refuseIfAnyIsTaken}, {@link
 * #close}.
 */
public final class Claims implements Closeable {

  private final List<Closeable> held = new ArrayList<>();
  private final List<Mistake> mistakes = new ArrayList<>();

  /** Claims the output folder of a run; what is in the way is told later. */
  public void claim(JobRun run) throws IOException {
    held.add(run);
    try {
      run.claim();
    } catch (MistakesException e) {
      mistakes.addAll(e.mistakes());
    }
  }

  /**
   * Claims another folder; what is in the way is told later.
   *
   * @param property the option that names the folder
   */
  public void take(DestinationSettings folder, String property, Invocation invocation)
      throws IOException {
    try {
      FolderClaim claim = FolderClaim.take(folder, property, invocation);
      held.add(claim);
      claim.destination().removeTemporaries("");
    } catch (MistakesException e) {
      mistakes.addAll(e.mistakes());
    }
  }

  /**
   * Throws if any folder could not be claimed.
   *
   * @throws MistakesException naming all of those
   */
  public void refuseIfAnyIsTaken() throws MistakesException {
    if (!mistakes.isEmpty()) {
      throw new MistakesException(mistakes);
    }
  }

  /** Lets go of all folders, also if one of them makes trouble. */
  @Override
  public void close() throws IOException {
    IOException first = null;
    for (Closeable one : held) {
      try {
        one.close();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
