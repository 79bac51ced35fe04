package org.cytobeam.pipelines.report.model;

import java.util.Map;
import java.util.Optional;

/**
 * What became of the images of a well.
 *
 * @param name as the table spells it
 * @param position where it is drawn; empty if the name tells no place, or another well is there
 * @param done how many images are done
 * @param failedByClass how many images failed, by the label of the class
 */
public record Well(
    String name, Optional<WellPosition> position, long done, Map<String, Long> failedByClass) {

  /** Returns how many images failed. */
  public long failed() {
    return failedByClass.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns how many images there are. */
  public long images() {
    return done + failed();
  }

  /** Returns the share of the images that failed, 0 to 1. */
  public double failedShare() {
    return images() == 0 ? 0 : (double) failed() / images();
  }
}
