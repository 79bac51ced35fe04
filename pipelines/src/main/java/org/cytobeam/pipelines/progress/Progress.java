package org.cytobeam.pipelines.progress;

/**
 * How far a run is.
 *
 * @param total how many items it has, 0 if that is not known
 * @param done how many of them it has written
 * @param alreadyDone how many it has found written
 * @param failed how many have failed
 * @param fetched how many it has fetched
 * @param bytesFetched the bytes of those
 * @param retries how many requests were made again
 * @param latest the item that ended last; empty if that is not known
 */
public record Progress(
    long total,
    long done,
    long alreadyDone,
    long failed,
    long fetched,
    long bytesFetched,
    long retries,
    String latest) {

  /** Creates progress that knows no item by its name. */
  public Progress(
      long total,
      long done,
      long alreadyDone,
      long failed,
      long fetched,
      long bytesFetched,
      long retries) {
    this(total, done, alreadyDone, failed, fetched, bytesFetched, retries, "");
  }

  /** Returns how many items are behind it: not more than there are, though attempts may be. */
  public long ended() {
    long counted = done + alreadyDone + failed;
    return total > 0 ? Math.min(total, counted) : counted;
  }

  /** Returns whether nothing has happened yet. */
  public boolean isUntouched() {
    return ended() == 0 && fetched == 0 && retries == 0;
  }

  /** Returns whether every item is behind it; the tables of the run may still be written then. */
  public boolean isComplete() {
    return total > 0 && ended() == total;
  }

  /**
   * Returns about how many bytes will have been fetched at the end: as many for each item that is
   * left, or is under way, as for those fetched. 0 if nothing is known yet.
   */
  public long estimatedBytes() {
    if (fetched == 0 || total == 0) {
      return 0;
    }
    long toFetch = Math.max(fetched, total - alreadyDone);
    return (long) ((double) bytesFetched / fetched * toFetch);
  }
}
