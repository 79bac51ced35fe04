package org.cytobeam.bench.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.cytobeam.bench.plate.SyntheticPlate;
import org.cytobeam.bench.server.ObjectServer;
import org.cytobeam.bench.server.PlateStock;

/** A plate and its server, for runs by hand: under a profiler, or with options to try. */
final class Serving {

  private Serving() {}

  /** Writes a table, prints the command that reads it, and serves until this process is ended. */
  static void start(Settings settings) throws IOException, InterruptedException {
    SyntheticPlate plate = SyntheticPlate.ofImages(settings.images(), settings.source().channels());
    Path table = Files.createDirectories(settings.work()).resolve("load_data.csv");
    plate.writeTable(table);
    try (ObjectServer server =
        ObjectServer.start(new PlateStock(plate, settings.source().load()), settings.throttle())) {
      System.out.printf(
          "./cytobeam plate --job_csv_path %s --endpoint %s --channels %s --output_dir out%n",
          table, server.endpoint(), String.join(",", plate.channels()));
      new CountDownLatch(1).await();
    }
  }
}
