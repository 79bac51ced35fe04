package org.cytobeam.bench.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cytobeam.bench.images.ImageSource;
import org.cytobeam.bench.plate.SyntheticPlate;
import org.cytobeam.bench.server.ServerMain;
import org.cytobeam.bench.server.Throttle;

/** How long the launcher takes when there is nothing to do, on a tree that is built. */
final class StartUpFigures {

  private static final List<String> DRY_RUN = List.of("--dry_run");

  private final Settings settings;
  private final Launcher launcher;

  StartUpFigures(Settings settings, Launcher launcher) {
    this.settings = settings;
    this.launcher = launcher;
  }

  List<Row> startUp() throws IOException, InterruptedException {
    ImageSource source = ImageSource.TINY;
    SyntheticPlate plate = new SyntheticPlate(1, source.channels());
    try (WorkFolder folder = WorkFolder.in(settings.work());
        ServerProcess server =
            ServerProcess.start(
                ServerMain.plate(source, plate.sites()),
                Throttle.NONE,
                folder.resolve("server.log"))) {
      Path log = folder.resolve("client.log");
      Path table = folder.resolve("load_data.csv");
      Path output = folder.resolve("out");
      plate.writeTable(table);
      String help = text(median(List.of("plate", "--help"), log));
      List<String> site = Launcher.plate(table, output, server.endpoint(), List.of());
      launcher.run(site, log, false);
      String rerun = text(median(site, log));
      List<String> dryRun = Launcher.plate(table, output, server.endpoint(), DRY_RUN);
      String dry = text(median(dryRun, log));
      return List.of(
          new Row(
              "start-up of `./cytobeam plate --dryRun`",
              "≤ 3 s",
              dry,
              "a rerun of a site that is done " + rerun + "; `plate --help` " + help));
    }
  }

  private Usage median(List<String> arguments, Path log) throws IOException, InterruptedException {
    List<Usage> all = new ArrayList<>();
    for (int i = 0; i < settings.repeats(); i++) {
      all.add(launcher.run(arguments, log, false));
    }
    all.sort(Comparator.comparing(Usage::wall));
    return all.get(all.size() / 2);
  }

  private static String text(Usage usage) {
    return Text.of(
        "%.2f s (CPU %.2f s)", usage.wall().toMillis() / 1e3, usage.cpu().toMillis() / 1e3);
  }
}
