package org.cytobeam.transforms.outcome;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cytobeam.io.destination.Destination;
import org.jspecify.annotations.Nullable;

/**
 * What earlier runs into an output folder have done, and whether it still stands.
 *
 * <p>Safe for use by several threads.
 */
public final class DoneIndex {

  private record Entry(
      String uri, @Nullable String etag, String optionsHash, List<StoredFile> files) {}

  private final Destination destination;
  private final RunSettings run;
  private final DoneRule rule;
  private final JournalFollower journal;
  private final Map<String, Entry> done = new ConcurrentHashMap<>();
  private boolean isNew = true;

  private DoneIndex(Destination destination, RunSettings run, DoneRule rule) {
    this.destination = destination;
    this.run = run;
    this.rule = rule;
    this.journal = new JournalFollower(destination, run.run());
  }

  /**
   * Looks whether the manifest and the journal of an output folder can be read.
   *
   * @throws DamagedManifestException if they can't
   */
  public static void check(Destination destination) throws IOException {
    Manifest.read(destination);
  }

  /** Reads the manifest and the journal of an output folder; nothing is read if all is forced. */
  public static DoneIndex load(Destination destination, RunSettings run, DoneRule rule)
      throws IOException {
    DoneIndex index = new DoneIndex(destination, run, rule);
    if (!run.force()) {
      Manifest.read(destination).rows().forEach(index::add);
    }
    return index;
  }

  private void add(ManifestRow row) {
    if (row.done() && rule.accepts(row.getFacts())) {
      done.put(
          row.getItem().getId(),
          new Entry(
              row.getItem().getUri(),
              row.getFacts().getEtag(),
              row.getOptionsHash(),
              row.getFacts().getFiles()));
    }
  }

  /**
   * Reads what this run has written into its journal since the last look, here or elsewhere: a
   * worker may be given the items of another one that was lost. Costs nothing the first time.
   */
  public synchronized void lookAgain() throws IOException {
    if (!isNew && !run.force()) {
      journal.look(this::add);
    }
    isNew = false;
  }

  /** Returns whether an item was done before, from whatever source, and wherever its files are. */
  public boolean knows(Item item) {
    return done.containsKey(item.getId());
  }

  /**
   * Returns whether an item was done from the same source, however that is signed, with the same
   * options, and its files are there and are the ones that were written.
   *
   * @param paths files that the item must have beside the one named by its id
   */
  public boolean proves(Item item, List<String> paths) throws IOException {
    return proves(item, null, paths);
  }

  /**
   * Returns whether an item was done from the same version of the same source, with the same
   * options, and its files are there and are the ones that were written.
   *
   * @param etag the mark that the source has for its present version; null if that is not known,
   *     and then any version will do
   * @param paths files that the item must have beside the one named by its id
   */
  public boolean proves(Item item, @Nullable String etag, List<String> paths) throws IOException {
    Entry entry = done.get(item.getId());
    if (entry == null
        || (etag != null && !etag.equals(entry.etag()))
        || !entry.uri().equals(item.withoutSecrets().getUri())
        || !entry.optionsHash().equals(run.optionsHash())) {
      return false;
    }
    List<String> written = entry.files().stream().map(StoredFile::getPath).toList();
    return written.contains(item.getId())
        && written.containsAll(paths)
        && StoredFiles.stand(destination, entry.files(), run.check());
  }
}
