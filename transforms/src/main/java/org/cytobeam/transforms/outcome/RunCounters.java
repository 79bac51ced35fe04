package org.cytobeam.transforms.outcome;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * The counters that every job's steps count in, under one namespace and the same names: what
 * progress is read from while a run goes on.
 *
 * <p>They count attempts: a bundle that is done again counts again. Totals come from the manifest.
 */
public final class RunCounters {

  /** The namespace of all of them. */
  public static final Class<?> NAMESPACE = RunCounters.class;

  /** Items whose files were written. */
  public static final String ITEMS_DONE = "items_done";

  /** Items that were found written and proven. */
  public static final String ITEMS_ALREADY_DONE = "items_already_done";

  /** Items that failed. */
  public static final String ITEMS_FAILED = "items_failed";

  /** Items whose bytes came. */
  public static final String ITEMS_FETCHED = "items_fetched";

  /** The bytes that came with them. */
  public static final String BYTES_FETCHED = "bytes_fetched";

  /** The bytes of the files that were written. */
  public static final String BYTES_WRITTEN = "bytes_written";

  /** Requests that were made again. */
  public static final String RETRIES = "retries";

  private RunCounters() {}

  /** Returns the counter of one of these names. */
  public static Counter of(String name) {
    return Metrics.counter(NAMESPACE, name);
  }
}
