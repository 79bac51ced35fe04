package org.cytobeam.pipelines.progress;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.cytobeam.transforms.outcome.JournalTally;
import org.cytobeam.transforms.outcome.JournalTally.Counts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a run is on a runner that tells its counters late: of each count, the larger of the
 * runner's counter and of what the journal says.
 *
 * <p>The journal is read in a thread of its own and no more often than it allows. Whoever asks
 * never waits for it, and while it can't be read its counts stand still. It has no items that
 * earlier runs have done: those move with the counters alone.
 */
public final class JournalProgress implements ProgressSource {

  private static final Logger LOG = LoggerFactory.getLogger(JournalProgress.class);

  private final ProgressSource counters;
  private final JournalTally journal;
  private final Executor reader;
  private final LongSupplier clock;
  private volatile Counts counts = Counts.NONE;
  private volatile String latest = "";
  private volatile boolean looking;
  private volatile long nextLook;

  /** Creates progress of a run from its counters and its journal. */
  public JournalProgress(ProgressSource counters, JournalTally journal) {
    this(counters, journal, JournalProgress::inThreadOfItsOwn, System::nanoTime);
  }

  /**
   * As {@link #JournalProgress(ProgressSource, JournalTally)}.
   *
   * @param reader runs one look at the journal
   * @param clock counts as {@link System#nanoTime} does
   */
  JournalProgress(
      ProgressSource counters, JournalTally journal, Executor reader, LongSupplier clock) {
    this.counters = counters;
    this.journal = journal;
    this.reader = reader;
    this.clock = clock;
    this.nextLook = clock.getAsLong();
  }

  /** A process that ends does not wait for it. */
  private static void inThreadOfItsOwn(Runnable look) {
    Thread thread = new Thread(look, "journal-progress");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public Progress now() {
    if (!looking && clock.getAsLong() - nextLook >= 0) {
      looking = true;
      reader.execute(this::look);
    }
    return larger(counters.now(), counts, latest);
  }

  private void look() {
    try {
      counts = journal.look();
      latest = journal.latest();
    } catch (IOException | RuntimeException e) {
      LOG.debug("The journal can't be read now; progress stands still", e);
    } finally {
      nextLook = clock.getAsLong() + journal.pause().toNanos();
      looking = false;
    }
  }

  private static Progress larger(Progress counted, Counts written, String latest) {
    return new Progress(
        counted.total(),
        Math.max(counted.done(), written.done()),
        counted.alreadyDone(),
        Math.max(counted.failed(), written.failed()),
        Math.max(counted.fetched(), written.fetched()),
        Math.max(counted.bytesFetched(), written.bytesFetched()),
        Math.max(counted.retries(), written.retries()),
        latest);
  }
}
