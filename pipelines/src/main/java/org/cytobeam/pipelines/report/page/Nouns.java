package org.cytobeam.pipelines.report.page;

import org.cytobeam.pipelines.report.model.Report;

/** What the items of a run are called. */
public final class Nouns {

  /** The job that fetches images of any kind. */
  private static final String IMAGES = "images";

  private Nouns() {}

  /** Returns {@code image} where there are plates, or the command says so, else {@code item}. */
  public static String of(Report report) {
    boolean areImages = report.plates().count() > 0 || report.run().command().equals(IMAGES);
    return areImages ? "image" : "item";
  }
}
