package org.cytobeam.pipelines.cli;

/** The program: finds the command that the arguments name and runs it. */
public final class Cytobeam {

  private Cytobeam() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    Console console = Console.system();
    console.result(BuildInfo.read().line());
    System.exit(ExitCode.DONE.number());
  }
}
