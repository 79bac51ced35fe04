package org.cytobeam.pipelines.report.model;

/**
 * A plate in numbers.
 *
 * @param done images that are done
 * @param failed images that failed
 */
public record PlateTotals(PlateName name, long done, long failed) {

  /** Returns how many images there are. */
  public long images() {
    return done + failed;
  }
}
