package org.cytobeam.transforms.outcome;

import java.util.Map;
import java.util.TreeMap;
import org.cytobeam.io.destination.RunId;

/** Counts the rows of the items that a run was about. */
final class RunTally {

  private final RunId run;
  private final StepTimes times = new StepTimes();
  private final Map<String, Long> failed = new TreeMap<>();
  private final Map<String, Long> bytesFailed = new TreeMap<>();
  private final Map<String, Long> warnings = new TreeMap<>();
  private long done;
  private long alreadyDone;
  private long bytesFetched;
  private long bytesWritten;
  private long bytesAlreadyDone;

  RunTally(RunId run) {
    this.run = run;
  }

  /** Adds the row of an item; one of an earlier run is that of an item which was found done. */
  void add(ManifestRow row) {
    boolean isOfThisRun = row.getRun().equals(run.value());
    Facts facts = row.getFacts();
    long stored = facts.getFiles().stream().mapToLong(StoredFile::getBytes).sum();
    Failure failure = row.getFailure();
    if (failure != null) {
      failed.merge(failure.getFailureClass().label(), 1L, Long::sum);
      bytesFailed.merge(failure.getFailureClass().label(), facts.getSourceBytes(), Long::sum);
    } else if (isOfThisRun) {
      done++;
      bytesFetched += facts.getSourceBytes();
      bytesWritten += stored;
    } else {
      alreadyDone++;
      bytesAlreadyDone += stored;
    }
    if (isOfThisRun) {
      times.add(facts.getMillis());
    }
  }

  /** Adds a warning on items of the run. */
  void add(Warning warning) {
    warnings.merge(warning.getKind(), 1L, Long::sum);
  }

  /**
   * Returns what all rows and warnings came to.
   *
   * @param endedAt when, in milliseconds since 1970 UTC
   */
  RunSummary summary(long endedAt) {
    long failures = failed.values().stream().mapToLong(Long::longValue).sum();
    return RunSummary.builder()
        .setRun(run.value())
        .setEndedAt(endedAt)
        .setItems(done + alreadyDone + failures)
        .setDone(done)
        .setAlreadyDone(alreadyDone)
        .setFailedByClass(failed)
        .setWarningsByKind(warnings)
        .setBytesFetched(bytesFetched)
        .setBytesWritten(bytesWritten)
        .setBytesAlreadyDone(bytesAlreadyDone)
        .setBytesFailedByClass(bytesFailed)
        .setSteps(times.distributions())
        .build();
  }
}
