package org.cytobeam.transforms.outcome;

import java.io.IOException;
import java.time.Duration;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.RunId;

/**
 * Counts what the steps of a run write into its journal, while they write it.
 *
 * <p>Each look reads only what is new. Items that an earlier run has done are in no journal; an
 * item that is done again is counted again. What was counted stays counted when the segments are
 * merged and removed.
 *
 * <p>For use by one thread at a time.
 */
public final class JournalTally {

  /** A look costs a list and a few reads: often enough for the eye. */
  private static final Duration PAUSE_OF_FOLDER = Duration.ofSeconds(1);

  /** Requests cost money there, and writers put a segment every 30 s. */
  private static final Duration PAUSE_OF_S3 = Duration.ofSeconds(15);

  /**
   * What the lines of a journal come to.
   *
   * @param done how many items were written
   * @param failed how many failed
   * @param fetched how many of both were fetched
   * @param bytesFetched the bytes of those
   * @param retries how many requests for them were made again
   */
  public record Counts(long done, long failed, long fetched, long bytesFetched, long retries) {

    /** Nothing has happened yet. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    Counts plus(ManifestRow row) {
      Facts facts = row.getFacts();
      return new Counts(
          done + (row.done() ? 1 : 0),
          failed + (row.done() ? 0 : 1),
          fetched + (facts.getSourceBytes() > 0 ? 1 : 0),
          bytesFetched + facts.getSourceBytes(),
          retries + Math.max(0, facts.getAttempts() - 1));
    }
  }

  private final JournalFollower journal;
  private Counts counts = Counts.NONE;
  private String latest = "";

  /** Creates a tally of the journal of a run, which nothing is asked of yet. */
  public JournalTally(Destination destination, RunId run) {
    this.journal = new JournalFollower(destination, run);
  }

  /** Returns how long to wait at least between two looks. */
  public Duration pause() {
    return journal.segmentsGrow() ? PAUSE_OF_FOLDER : PAUSE_OF_S3;
  }

  /**
   * Reads what is new and returns what all lines so far come to. Damaged lines count nothing.
   *
   * @throws IOException if the journal can't be read now; the next look goes on from there
   */
  public Counts look() throws IOException {
    journal.look(this::add);
    return counts;
  }

  private void add(ManifestRow row) {
    counts = counts.plus(row);
    latest = row.getItem().getId();
  }

  /** Returns the id of the item whose line was read last; empty if there was none. */
  public String latest() {
    return latest;
  }
}
