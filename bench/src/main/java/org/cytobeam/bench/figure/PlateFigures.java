package org.cytobeam.bench.figure;

import java.io.IOException;
import java.util.List;
import org.cytobeam.bench.images.ImageSource;

/** Figures of the whole process, from the launcher to its end, against a server of its own. */
final class PlateFigures {

  private final Settings settings;
  private final PlateRuns runs;

  PlateFigures(Settings settings, PlateRuns runs) {
    this.settings = settings;
    this.runs = runs;
  }

  List<Row> endToEnd() throws IOException, InterruptedException {
    BaselineRun baseline = BaselineRun.measure(settings);
    PlateRun run = runs.of(settings.images(), settings.source(), 0);
    return List.of(
        new Row(
            Text.of("%,d images end to end", run.images()),
            "≥ 7 × the baseline's images/s",
            Text.of(
                "%.1f images/s, %.1f ×",
                run.imagesPerSecond(), run.imagesPerSecond() / baseline.imagesPerSecond()),
            Text.of(
                "baseline %s, %.1f × as much; %s",
                baseline.text(),
                baseline.cpuMillisPerImage() / run.cpuMillisPerImage(),
                Text.run(run))));
  }

  List<Row> latency() throws IOException, InterruptedException {
    PlateRun without = runs.of(settings.images(), settings.source(), 0);
    PlateRun with =
        runs.of(settings.images(), settings.source(), settings.throttle().latencyMillis());
    return List.of(
        new Row(
            Text.of("the same with %d ms latency", settings.throttle().latencyMillis()),
            "≥ 90 % of the rate without",
            Text.of("%.0f %%", 100 * with.imagesPerSecond() / without.imagesPerSecond()),
            Text.of("without %.1f images/s; %s", without.imagesPerSecond(), Text.run(with))));
  }

  List<Row> memory() throws IOException, InterruptedException {
    PlateRun hundred = runs.of(100, settings.source(), 0);
    PlateRun few = runs.of(settings.few(), settings.source(), 0);
    PlateRun many = runs.of(settings.many(), settings.source(), 0);
    return List.of(
        new Row(
            Text.of("peak resident memory, %,d images", many.images()),
            "≤ 1 GiB, flat",
            Text.memory(many.client().peakBytes()),
            Text.of(
                "%,d images %s; %,d images %s",
                hundred.images(),
                Text.memory(hundred.client().peakBytes()),
                few.images(),
                Text.memory(few.client().peakBytes()))));
  }

  List<Row> flat() throws IOException, InterruptedException {
    return List.of(
        growth(
            Text.of("cost an image, %,d against %,d", settings.many(), settings.few()),
            "≤ 1.05 ×",
            settings.source()));
  }

  List<Row> overhead() throws IOException, InterruptedException {
    return List.of(
        growth(
            Text.of(
                "cost an image of 8 × 8 pixels, %,d against %,d", settings.many(), settings.few()),
            "",
            ImageSource.TINY));
  }

  /** What an image costs beyond a run of one site, which costs little but the start. */
  private Row growth(String figure, String target, ImageSource source)
      throws IOException, InterruptedException {
    PlateRun site = runs.of(1, source, 0);
    PlateRun few = runs.of(settings.few(), source, 0);
    PlateRun many = runs.of(settings.many(), source, 0);
    Cost ofFew = Cost.between(site, few);
    Cost ofMany = Cost.between(site, many);
    return new Row(
        figure,
        target,
        Text.of(
            "CPU %.2f ×, time %.2f ×", ofMany.cpu() / ofFew.cpu(), ofMany.wall() / ofFew.wall()),
        Text.of(
            "CPU %.2f and %.2f ms, time %.2f and %.2f ms an image, without the %.1f s of one site;"
                + " %s",
            ofMany.cpu(),
            ofFew.cpu(),
            ofMany.wall(),
            ofFew.wall(),
            site.client().wall().toMillis() / 1000.0,
            Text.run(many)));
  }

  /** What the images took that one run has more than another, in milliseconds each. */
  private record Cost(double cpu, double wall) {

    static Cost between(PlateRun small, PlateRun large) {
      int images = large.images() - small.images();
      double cpu = large.client().cpu().minus(small.client().cpu()).toMillis();
      double wall = large.client().wall().minus(small.client().wall()).toMillis();
      return new Cost(cpu / images, wall / images);
    }
  }
}
