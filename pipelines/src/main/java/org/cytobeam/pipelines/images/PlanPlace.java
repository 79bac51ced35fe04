package org.cytobeam.pipelines.images;

import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.transforms.images.MatchAnalysis;
import org.cytobeam.transforms.images.StoreMatches;
import org.cytobeam.transforms.outcome.RunFolder;

/**
 * Where what the names mean is kept from one pipeline to the next.
 *
 * @param destination what it is in
 * @param folder its path there
 */
record PlanPlace(DestinationSettings destination, String folder) {

  /** Returns the plan of a run, in the record of the run. */
  static PlanPlace in(DestinationSettings destination) {
    return new PlanPlace(destination, RunFolder.ofRun(destination.run(), StoreMatches.FOLDER));
  }

  /** Returns the address of the list of all missing names. */
  String missing(Destination where) {
    return where.address(folder + "/" + MatchAnalysis.MISSING_FILE);
  }

  /**
   * Returns whether a file is part of the plan of a run, whichever, but for the list of its missing
   * names: people read that afterwards.
   *
   * @param path in the record of a run
   */
  static boolean isPart(String path) {
    String[] names = path.split("/", 5);
    return names.length == 5
        && path.startsWith(RunFolder.RUNS + "/")
        && names[3].equals(StoreMatches.FOLDER)
        && !names[4].equals(MatchAnalysis.MISSING_FILE);
  }
}
