package org.cytobeam.pipelines.report.model;

import java.io.IOException;
import java.util.List;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.outcome.Warning;

/** Gathers all that the page shows of a manifest and its warnings, row by row. */
final class FolderGathering {

  private final PlatesGathering plates = new PlatesGathering();
  private final WindowsGathering windows = new WindowsGathering();
  private final ProblemsGathering problems = new ProblemsGathering();
  private final SheetGathering sheet;
  private long done;
  private long failed;

  FolderGathering(Destination destination) throws IOException {
    this.sheet = new SheetGathering(destination);
  }

  void add(ManifestRow row) {
    Failure failure = row.getFailure();
    if (failure == null) {
      done++;
    } else {
      failed++;
      problems.add(row, failure);
    }
    PlateName.of(row.getItem().getKeys()).ifPresent(name -> plates.add(name, row));
    windows.add(row);
    sheet.add(row);
  }

  void add(Warning warning) {
    problems.add(warning);
  }

  long done() {
    return done;
  }

  long failed() {
    return failed;
  }

  Plates plates() {
    return plates.plates();
  }

  List<WindowHistogram> windows() {
    return windows.histograms();
  }

  ContactSheet sheet() throws IOException {
    return sheet.sheet();
  }

  List<FailureGroup> failures() {
    return problems.failures();
  }

  List<WarningGroup> warnings() {
    return problems.warnings();
  }
}
