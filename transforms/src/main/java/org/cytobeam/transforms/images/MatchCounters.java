package org.cytobeam.transforms.images;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/** What matching counts, for people who watch; a bundle that is done again counts again. */
public final class MatchCounters {

  /** Objects that were listed. */
  public static final String KEYS_LISTED = "keys_listed";

  /** Requests to the bucket. */
  public static final String REQUESTS = "requests";

  /** Names that mean an object. */
  public static final String MATCHED = "names_matched";

  private MatchCounters() {}

  /** Returns the counter of one of these names. */
  static Counter of(String name) {
    return Metrics.counter(MatchObjects.class, name);
  }
}
