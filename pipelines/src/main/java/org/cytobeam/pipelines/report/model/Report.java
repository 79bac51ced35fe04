package org.cytobeam.pipelines.report.model;

import java.util.List;
import java.util.Optional;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.transforms.outcome.RunSummary;

/**
 * All that the page about a run shows. The run's own numbers come from its summary, everything else
 * from the manifest: it is about the output folder, whichever run made what.
 *
 * @param run what ran
 * @param summary what the run came to; empty if it has not got so far
 * @param folder the output folder in numbers; empty if there is no manifest yet
 * @param plates the plates
 * @param windows the scaling windows, by channel
 * @param sheet small pictures
 * @param failures by class, the commonest first
 * @param warnings by kind, the commonest first
 * @param neighbours other runs of the same folder that have a page, the latest first
 */
public record Report(
    RunFacts run,
    Optional<RunSummary> summary,
    Optional<FolderTotals> folder,
    Plates plates,
    List<WindowHistogram> windows,
    ContactSheet sheet,
    List<FailureGroup> failures,
    List<WarningGroup> warnings,
    List<RunId> neighbours) {

  /**
   * An output folder in numbers.
   *
   * @param done images, or other items, that are done
   * @param failed those that failed
   * @param unmerged how many journal segments no run has merged into the manifest yet
   * @param isLatest whether no later run has begun since
   */
  public record FolderTotals(long done, long failed, int unmerged, boolean isLatest) {}
}
