package org.cytobeam.io.destination;

import java.io.IOException;

/** A process whose exit code says whether a run is alive. */
final class LookingChild {

  static final int HELD = 10;
  static final int FREE = 11;

  private LookingChild() {}

  /** Takes the root and the run. */
  public static void main(String[] arguments) throws IOException {
    RunId run = new RunId(arguments[1]);
    DestinationSettings settings = new DestinationSettings(arguments[0], run, Durability.RUN);
    boolean held;
    try (Destination destination = Destinations.open(settings)) {
      held = destination.runLocks().isHeld(run);
    }
    System.exit(held ? HELD : FREE);
  }
}
