package org.cytobeam.bench.server;

import java.io.IOException;
import org.cytobeam.bench.images.ImageSource;
import org.cytobeam.bench.plate.SyntheticPlate;

/**
 * The server as a process of its own, so that what it costs can be told from what is measured.
 *
 * <p>Arguments: {@code source sites latencyMillis connectionRate totalRate}. It prints its address
 * on a line, and ends when its standard input does, so that it never outlives its parent.
 */
public final class ServerMain {

  private ServerMain() {}

  /** Serves until the standard input ends. */
  public static void main(String[] arguments) throws IOException {
    ImageSource source = ImageSource.valueOf(arguments[0]);
    SyntheticPlate plate = new SyntheticPlate(Integer.parseInt(arguments[1]), source.channels());
    Throttle throttle =
        new Throttle(
            Integer.parseInt(arguments[2]),
            Long.parseLong(arguments[3]),
            Long.parseLong(arguments[4]));
    try (PlateServer server = PlateServer.start(plate, source.load(), throttle)) {
      System.out.println(server.endpoint());
      System.in.readAllBytes();
    }
  }
}
