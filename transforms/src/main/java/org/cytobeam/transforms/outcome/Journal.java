package org.cytobeam.transforms.outcome;

import java.io.Closeable;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.LineLog;
import org.jspecify.annotations.Nullable;

/**
 * What one instance of a writing step did, line by line: what is in it survives a {@code kill -9}.
 *
 * <p>The segment is made with the first line. For use by one thread.
 */
public final class Journal implements Closeable {

  private final Destination destination;
  private final RunSettings run;
  private @Nullable LineLog log;

  /** Creates a journal in the output folder of a run. */
  public Journal(Destination destination, RunSettings run) {
    this.destination = destination;
    this.run = run;
  }

  /** Writes down what became of an item, now. */
  public void append(Outcome outcome) throws IOException {
    LineLog open = log;
    if (open == null) {
      open = destination.log(RunFolder.segment(run.run(), writer()));
      log = open;
    }
    open.append(JournalLine.of(row(outcome, run)));
  }

  /** Returns the row of an item that ended in this run. */
  static ManifestRow row(Outcome outcome, RunSettings run) {
    return ManifestRow.of(
        outcome.getItem(),
        outcome.getFacts(),
        outcome.getFailure(),
        run.optionsHash(),
        run.run().value(),
        System.currentTimeMillis());
  }

  private static String writer() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  /** Ends the segment, without its last lines if the run's tables have all of them already. */
  @Override
  public void close() throws IOException {
    LineLog open = log;
    if (open == null) {
      return;
    }
    log = null;
    if (destination.size(RunFolder.ofRun(run.run(), RunSummary.FILE)).isPresent()) {
      open.discard();
    } else {
      open.close();
    }
  }
}
