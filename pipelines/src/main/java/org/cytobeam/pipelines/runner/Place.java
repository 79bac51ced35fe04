package org.cytobeam.pipelines.runner;

/** Where the steps of a pipeline run, as seen from the process that starts it. */
public enum Place {
  /** In the process itself. */
  THIS_PROCESS,
  /** In other processes, perhaps on other machines, while this one waits for the end. */
  CLUSTER,
  /** In other processes; this one ends as soon as they have begun. */
  CLUSTER_DETACHED;

  /** Returns whether other processes write the output. */
  public boolean isElsewhere() {
    return this != THIS_PROCESS;
  }
}
