package org.cytobeam.transforms.outcome;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** What one job adds to the tables that all jobs have. */
public interface JobTables extends Serializable {

  /** Returns what users of done items should know, in a fixed order. */
  List<Warning> warnings(MergedRows rows);

  /**
   * Writes the job's own tables; the same rows give the same bytes.
   *
   * @return those that lie in the output folder
   */
  List<StoredFile> write(MergedRows rows) throws IOException;

  /** Returns a job without tables or warnings of its own. */
  static JobTables none() {
    return NoTables.NONE;
  }

  /** A job that adds nothing. */
  enum NoTables implements JobTables {
    /** The only one. */
    NONE;

    @Override
    public List<Warning> warnings(MergedRows rows) {
      return List.of();
    }

    @Override
    public List<StoredFile> write(MergedRows rows) {
      return List.of();
    }
  }
}
