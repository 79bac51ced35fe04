package org.cytobeam.bench.figure;

import java.util.Locale;

/** Numbers with their units, as they stand in the table. */
final class Text {

  private static final double MIB = 1 << 20;

  private Text() {}

  static String of(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  /** Returns what a run took, for one image. */
  static String run(PlateRun run) {
    return of(
        "%,d images in %.1f s (%.1f images/s); CPU an image %.1f ms (user %.1f, system %.1f),"
            + " server's %.1f ms; peak %s; %,d requests, up to %d in flight",
        run.images(),
        run.client().wall().toMillis() / 1000.0,
        run.imagesPerSecond(),
        run.cpuMillisPerImage(),
        run.client().user().toMillis() / (double) run.images(),
        run.client().system().toMillis() / (double) run.images(),
        run.serverCpuMillisPerImage(),
        memory(run.client().peakBytes()),
        run.server().requests(),
        run.server().mostInFlight());
  }

  static String memory(long bytes) {
    return bytes == 0 ? "not known" : of("%.0f MiB", bytes / MIB);
  }
}
