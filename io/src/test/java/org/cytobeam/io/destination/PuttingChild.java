package org.cytobeam.io.destination;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;

/** A process that holds its run's lock and puts files until it is killed, or a given number. */
final class PuttingChild {

  /** Each file is large enough for a kill to strike while it is written. */
  static final int FILE_BYTES = 100_000;

  private PuttingChild() {}

  /** Takes the root, the run and how many files to put in all. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    RunId run = new RunId(arguments[1]);
    DestinationSettings settings = new DestinationSettings(arguments[0], run, Durability.RUN);
    try (Destination destination = Destinations.open(settings);
        RunLock lock = destination.runLocks().acquire(run)) {
      for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
        destination.put(path(i), bytes(i));
        out.println(lock.run() + " has put " + path(i));
      }
    }
  }

  static String path(int i) {
    return "plate/" + (i % 4) + "/" + i + ".bin";
  }

  static byte[] bytes(int i) {
    byte[] bytes = new byte[FILE_BYTES];
    Arrays.fill(bytes, (byte) i);
    return bytes;
  }
}
