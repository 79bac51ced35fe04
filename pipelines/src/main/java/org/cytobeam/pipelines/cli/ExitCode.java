package org.cytobeam.pipelines.cli;

/** What a command tells the shell. Scripts rely on the numbers: they never change. */
public enum ExitCode {
  /** Every item is done, or was done before. */
  DONE(0),
  /** The run itself failed. */
  FAILED(1),
  /** The command line or an input file is wrong: nothing was started. */
  USAGE(2),
  /** The run finished, but more items failed or were missing than was allowed. */
  INCOMPLETE(3),
  /** The run was stopped: its state is sound, and the same command goes on. */
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** Returns the number that the process ends with. */
  public int number() {
    return number;
  }
}
