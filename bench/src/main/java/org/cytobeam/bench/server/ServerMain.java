package org.cytobeam.bench.server;

import java.io.IOException;
import java.util.List;
import org.cytobeam.bench.images.ImageSource;
import org.cytobeam.bench.plate.SyntheticPlate;

/**
 * The server as a process of its own, so that what it costs can be told from what is measured.
 *
 * <p>Arguments: {@code latencyMillis connectionRate totalRate}, then {@code plate source sites} or
 * {@code files count bytes}. It prints its address on a line, and ends when its standard input
 * does, so that it never outlives its parent.
 */
public final class ServerMain {

  private static final String PLATE = "plate";
  private static final String FILES = "files";

  private ServerMain() {}

  /** Returns the arguments that say what a server of a plate holds. */
  public static List<String> plate(ImageSource source, int sites) {
    return List.of(PLATE, source.name(), Integer.toString(sites));
  }

  /** Returns the arguments that say what a server of files holds. */
  public static List<String> files(int count, long bytes) {
    return List.of(FILES, Integer.toString(count), Long.toString(bytes));
  }

  /** Serves until the standard input ends. */
  public static void main(String[] arguments) throws IOException {
    Throttle throttle =
        new Throttle(
            Integer.parseInt(arguments[0]),
            Long.parseLong(arguments[1]),
            Long.parseLong(arguments[2]));
    Stock stock = stock(arguments[3], arguments[4], arguments[5]);
    try (ObjectServer server = ObjectServer.start(stock, throttle)) {
      System.out.println(server.endpoint());
      System.in.readAllBytes();
    }
  }

  private static Stock stock(String kind, String first, String second) throws IOException {
    if (kind.equals(FILES)) {
      return new SyntheticFiles(Integer.parseInt(first), Long.parseLong(second));
    }
    ImageSource source = ImageSource.valueOf(first);
    SyntheticPlate plate = new SyntheticPlate(Integer.parseInt(second), source.channels());
    return new PlateStock(plate, source.load());
  }
}
