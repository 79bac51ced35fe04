package org.cytobeam.bench.figure;

import java.time.Duration;

/**
 * A run of {@code ./cytobeam plate} over a plate, whose outputs were found right.
 *
 * @param images how many it made
 * @param client what the process took, from the launcher to its end
 * @param serverCpu the processors' time that the server took meanwhile
 * @param server what the server counted
 */
record PlateRun(int images, Usage client, Duration serverCpu, ServerProcess.Counts server) {

  private static final double NANOS_PER_MILLI = 1e6;

  double imagesPerSecond() {
    return 1000 / wallMillisPerImage();
  }

  double wallMillisPerImage() {
    return millisPerImage(client.wall());
  }

  double cpuMillisPerImage() {
    return millisPerImage(client.cpu());
  }

  double serverCpuMillisPerImage() {
    return millisPerImage(serverCpu);
  }

  private double millisPerImage(Duration duration) {
    return duration.toNanos() / NANOS_PER_MILLI / images;
  }
}
