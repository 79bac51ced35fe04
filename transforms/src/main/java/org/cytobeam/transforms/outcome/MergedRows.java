package org.cytobeam.transforms.outcome;

import java.util.Collection;
import java.util.Set;
import java.util.SortedMap;

/**
 * The rows of a manifest, and which of them a run was about.
 *
 * @param byId one row an item, sorted by id
 * @param ofRun the ids of the items that the run was about
 */
public record MergedRows(SortedMap<String, ManifestRow> byId, Set<String> ofRun) {

  /** Returns all rows, sorted by id. */
  public Collection<ManifestRow> all() {
    return byId.values();
  }
}
