package org.cytobeam.io.destination;

import java.io.IOException;
import java.io.PrintStream;

/** A process that takes part in a run until it is killed. */
final class JoiningChild {

  private JoiningChild() {}

  /** Takes the root and the run; says a line when it has joined. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    RunId run = new RunId(arguments[1]);
    DestinationSettings settings = new DestinationSettings(arguments[0], run, Durability.RUN);
    PrintStream out = System.out;
    try (Destination destination = Destinations.open(settings);
        RunLock joined = destination.runLocks().join(run)) {
      out.println(joined.run());
      Thread.sleep(Long.MAX_VALUE);
    }
  }
}
