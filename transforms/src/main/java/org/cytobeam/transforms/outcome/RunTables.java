package org.cytobeam.transforms.outcome;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.SharedDestinations;
import org.jspecify.annotations.Nullable;

/** Writes the tables of an output folder at the end of a run. */
final class RunTables {

  private static final Pattern PLACE_IN_TABLE = Pattern.compile(" (line|row) [0-9]+$");

  private final RunSettings run;
  private final JobTables job;

  RunTables(RunSettings run, JobTables job) {
    this.run = run;
    this.job = job;
  }

  /**
   * Merges what the run did into the manifest, and writes all tables.
   *
   * <p>What this run found out about an item goes before what was known: it looked. What it found
   * done keeps its facts and takes the keys that its row has now. Input rows that no item could be
   * made of have no name but their place: of a table that was read again only those of this run are
   * kept, unless it was about some items only. The journal is removed only after the manifest that
   * holds its rows is written. Where other processes write for the run, some may have been killed:
   * what they left of files is removed last.
   */
  RunSummary write(Iterable<Outcome> outcomes) throws IOException {
    try (Shared.Lease<Destination> lease = SharedDestinations.lease(run.destination())) {
      Destination destination = lease.get();
      Manifest before = Manifest.readBefore(run.run(), destination);
      SortedMap<String, ManifestRow> merged = new TreeMap<>(before.byId());
      Map<String, ManifestRow> byRun = new HashMap<>();
      Set<String> ofRun = new HashSet<>();
      Set<String> tablesRead = new HashSet<>();
      for (Outcome outcome : outcomes) {
        Item item = outcome.getItem();
        ofRun.add(item.getId());
        tablesRead.add(table(item));
        if (outcome.getStatus() == Outcome.Status.ALREADY_DONE) {
          if (!merged.containsKey(item.getId())) {
            addWhatThisRunDidBeforeItWasRestarted(destination, merged);
          }
          merged.computeIfPresent(item.getId(), (id, row) -> row.withItem(item));
        } else {
          byRun.merge(item.getId(), Journal.row(outcome, run), ManifestRow::better);
        }
      }
      if (!run.partial()) {
        merged
            .values()
            .removeIf(row -> isAnInputRow(row) && tablesRead.contains(table(row.getItem())));
      }
      for (ManifestRow row : byRun.values()) {
        if (!isStillDone(merged.get(row.getItem().getId()), row, destination)) {
          merged.put(row.getItem().getId(), row);
        }
      }
      MergedRows rows = new MergedRows(merged, ofRun);
      List<Warning> warnings = job.warnings(rows);
      TableFiles.add(destination, job.write(rows));
      new Manifest(merged, before.segments()).write(destination, warnings);
      RunSummary summary = summary(rows, warnings);
      destination.put(RunFolder.ofRun(run.run(), RunSummary.FILE), summary.toBytes());
      destination.sync();
      removeJournal(destination, Set.copyOf(before.segments()));
      if (run.destination().joins()) {
        destination.removeOwnTemporaries();
        destination.runLocks().end(run.run());
      }
      return summary;
    }
  }

  private static void addWhatThisRunDidBeforeItWasRestarted(
      Destination destination, Map<String, ManifestRow> merged) throws IOException {
    Manifest.read(destination).byId().forEach(merged::putIfAbsent);
  }

  /** With --force an item can fail now that was done before, just so, and still is. */
  private boolean isStillDone(@Nullable ManifestRow known, ManifestRow row, Destination destination)
      throws IOException {
    return known != null
        && known.done()
        && !row.done()
        && run.force()
        && known.getOptionsHash().equals(row.getOptionsHash())
        && known.getItem().getUri().equals(row.getItem().getUri())
        && StoredFiles.stand(destination, known.getFacts().getFiles(), run.check());
  }

  /**
   * All of this run is in the tables, also what its writers have put since the journal was read.
   */
  private void removeJournal(Destination destination, Set<String> merged) throws IOException {
    for (String segment : destination.list(RunFolder.JOURNAL)) {
      if (merged.contains(segment) || segment.startsWith(RunFolder.segments(run.run()))) {
        destination.delete(segment);
      }
    }
  }

  private static boolean isAnInputRow(ManifestRow row) {
    return !row.done() && row.getItem().getId().startsWith(row.getItem().getInput());
  }

  /** Returns the table of an item's input, which is a table and a line or a row. */
  private static String table(Item item) {
    return PLACE_IN_TABLE.matcher(item.getInput()).replaceFirst("");
  }

  private RunSummary summary(MergedRows rows, List<Warning> warnings) {
    RunTally tally = new RunTally(run.run());
    for (String id : rows.ofRun()) {
      ManifestRow row = rows.byId().get(id);
      if (row == null) {
        throw new IllegalStateException(id + " was found done, but no manifest has it");
      }
      tally.add(row);
    }
    NavigableSet<String> ids = new TreeSet<>(rows.ofRun());
    for (Warning warning : warnings) {
      String id = ids.ceiling(warning.getSubject());
      if (id != null && id.startsWith(warning.getSubject())) {
        tally.add(warning);
      }
    }
    return tally.summary(System.currentTimeMillis());
  }
}
