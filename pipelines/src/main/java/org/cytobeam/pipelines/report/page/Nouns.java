package org.cytobeam.pipelines.report.page;

import org.cytobeam.pipelines.report.model.Report;

/** What the items of a run are called. */
public final class Nouns {

  private Nouns() {}

  /** Returns {@code image} where there are plates, else {@code item}. */
  public static String of(Report report) {
    return report.plates().count() > 0 ? "image" : "item";
  }
}
