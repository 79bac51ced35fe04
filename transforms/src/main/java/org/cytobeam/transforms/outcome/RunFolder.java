package org.cytobeam.transforms.outcome;

import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.RunId;

/** The paths below {@code _cytobeam} in an output folder; everything else there is output. */
public final class RunFolder {

  /** What is not output: journal, manifest, failures and the records of runs. */
  public static final String ROOT = Destination.RECORDS;

  /** One segment a writing step and run; merged into the manifest and removed when a run ends. */
  public static final String JOURNAL = ROOT + "/journal";

  /** One row an item; the table that later runs read. */
  public static final String MANIFEST = ROOT + "/manifest.parquet";

  /** The same rows for people and scripts. */
  public static final String MANIFEST_LINES = ROOT + "/manifest.jsonl";

  /** The failed rows of the manifest. */
  public static final String FAILURES = ROOT + "/failures.csv";

  /** The same rows as lines of JSON. */
  public static final String FAILURE_LINES = ROOT + "/failures.jsonl";

  /** The tables of jobs in the output folder, a line of JSON each, with what proves them. */
  public static final String TABLES = ROOT + "/tables.jsonl";

  /** What users of done items should know. */
  public static final String WARNINGS = ROOT + "/warnings.csv";

  /** Small pictures of some images, for the page about a run. */
  public static final String THUMBNAILS = ROOT + "/thumbnails";

  /** A folder a run, named by its id. */
  public static final String RUNS = ROOT + "/runs";

  private RunFolder() {}

  /** Returns the path of a file in the record of a run. */
  public static String ofRun(RunId run, String name) {
    return RUNS + "/" + run + "/" + name;
  }

  /** Returns the path of a journal segment. */
  static String segment(RunId run, String writer) {
    return segments(run) + writer + ".jsonl";
  }

  /** Returns what the paths of all journal segments of a run begin with. */
  static String segments(RunId run) {
    return JOURNAL + "/" + run + "-";
  }
}
