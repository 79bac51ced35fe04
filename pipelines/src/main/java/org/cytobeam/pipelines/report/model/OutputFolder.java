package org.cytobeam.pipelines.report.model;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.record.RunRecord;
import org.cytobeam.pipelines.record.RunRecords;
import org.cytobeam.pipelines.report.model.Report.FolderTotals;
import org.cytobeam.transforms.outcome.ManifestRows;
import org.cytobeam.transforms.outcome.RunFolder;
import org.cytobeam.transforms.outcome.RunSummary;
import org.cytobeam.transforms.outcome.WarningRows;

/** An output folder that a page is made of. */
public final class OutputFolder {

  /** The name of the page in the record of a run. */
  public static final String PAGE = "report.html";

  private static final String LOGS = "logs/";

  /** A bucket has one for each 256 lines. */
  private static final int MOST_LOGS = 10;

  private static final int MOST_NEIGHBOURS = 20;

  private final Destination destination;
  private final Set<String> records;

  private OutputFolder(Destination destination, Set<String> records) {
    this.destination = destination;
    this.records = records;
  }

  /** Looks at which runs a folder has had. */
  public static OutputFolder of(Destination destination) throws IOException {
    return new OutputFolder(destination, new TreeSet<>(destination.list(RunFolder.RUNS)));
  }

  /** Returns the runs that have a record, the latest first; none if it is no output folder. */
  public List<RunId> runs() {
    return RunRecords.among(records).stream().sorted(Comparator.reverseOrder()).toList();
  }

  /**
   * Reads what the page about a run shows: the same folder gives an equal value.
   *
   * @param run one of {@link #runs()}
   * @throws org.cytobeam.transforms.outcome.DamagedManifestException if the manifest can't be read
   * @throws IOException if anything else can't
   */
  public Report report(RunId run) throws IOException {
    RunRecord record = RunRecords.read(destination, run);
    RunFacts facts = RunFacts.of(record, files(run), logs(run));
    FolderGathering folder = new FolderGathering(destination);
    boolean hasManifest = ManifestRows.read(destination, folder::add);
    WarningRows.read(destination, folder::add);
    return new Report(
        facts,
        record.summary(),
        hasManifest ? Optional.of(totals(run, folder)) : Optional.empty(),
        folder.plates(),
        folder.windows(),
        folder.sheet(),
        folder.failures(),
        folder.warnings(),
        neighbours(run));
  }

  private FolderTotals totals(RunId run, FolderGathering folder) throws IOException {
    int unmerged = destination.list(RunFolder.JOURNAL).size();
    boolean isLatest = runs().stream().findFirst().filter(run::equals).isPresent();
    return new FolderTotals(folder.done(), folder.failed(), unmerged, isLatest);
  }

  private List<String> files(RunId run) {
    return Stream.of(RunRecord.FILE, RunSummary.FILE)
        .filter(file -> records.contains(RunFolder.ofRun(run, file)))
        .toList();
  }

  private List<String> logs(RunId run) {
    String folder = RunFolder.ofRun(run, "");
    return records.stream()
        .filter(path -> path.startsWith(folder + LOGS))
        .map(path -> path.substring(folder.length()))
        .limit(MOST_LOGS)
        .toList();
  }

  private List<RunId> neighbours(RunId run) {
    return runs().stream()
        .filter(other -> !other.equals(run) && records.contains(RunFolder.ofRun(other, PAGE)))
        .limit(MOST_NEIGHBOURS)
        .toList();
  }
}
