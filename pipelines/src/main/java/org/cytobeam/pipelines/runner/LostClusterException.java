package org.cytobeam.pipelines.runner;

/**
 * A cluster can no longer be asked how a pipeline is doing. The pipeline may go on: its output is
 * still being written, for all that this process knows.
 */
public final class LostClusterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one.
   *
   * @param job what people and the cluster know the pipeline by
   * @param cause why the cluster can't be asked
   */
  public LostClusterException(String job, Throwable cause) {
    super(
        "The cluster can't be asked any more about job "
            + job
            + ". It may go on working: see there how it ends, or end it there.",
        cause);
  }
}
