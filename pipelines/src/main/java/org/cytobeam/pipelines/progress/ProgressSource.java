package org.cytobeam.pipelines.progress;

/** Says how far a run is. For use by one thread. */
@FunctionalInterface
public interface ProgressSource {

  /**
   * Returns how far the run is, as far as is known, without waiting for long.
   *
   * @throws RuntimeException if that can't be told now; it may be told the next time
   */
  Progress now();
}
