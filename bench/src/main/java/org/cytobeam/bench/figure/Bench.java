package org.cytobeam.bench.figure;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Measures figures and prints their rows: what {@code bench/run} starts. */
public final class Bench {

  private static final String ALL = "all";

  private static final String USAGE =
      """
      bench/run FIGURE [options] [-- options of ./cytobeam]
      bench/run serve [options]
      bench/run jmh ARGUMENTS

      FIGURE is one or, with commas between, several of lzw, decode, scale, png, image, endtoend,
      latency, memory, flat, overhead, startup, runners, clusters, small, large, listing; or all.
      See bench/README.md.

      """
          + Settings.USAGE;

  private Bench() {}

  /** Measures the figures that the first argument names, with the settings of the others. */
  public static void main(String[] arguments) throws Exception {
    String command = arguments.length == 0 ? "help" : arguments[0];
    List<String> options =
        List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    switch (command) {
      case "help", "--help" -> System.out.println(USAGE);
      case "jmh" -> org.openjdk.jmh.Main.main(options.toArray(String[]::new));
      case "serve" -> Serving.start(settings(options));
      default -> measure(command, settings(options));
    }
  }

  private static Settings settings(List<String> options) {
    Path home = Path.of(System.getProperty("cytobeam.home", "")).toAbsolutePath();
    try {
      return Settings.parse(home, options);
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private static void measure(String names, Settings settings) throws Exception {
    Map<String, Callable<List<Row>>> figures = figures(settings);
    List<String> wanted =
        names.equals(ALL) ? List.copyOf(figures.keySet()) : List.of(names.split(",", -1));
    for (String name : wanted) {
      if (!figures.containsKey(name)) {
        throw refused("there is no figure " + name);
      }
    }
    Machine machine = Machine.here(settings.home());
    System.out.println(Row.HEADER);
    try {
      for (String name : wanted) {
        for (Row row : figures.getOrDefault(name, List::of).call()) {
          System.out.println(row.markdown(machine));
        }
      }
    } catch (WrongResultException e) {
      Progress.say("WRONG RESULT: %s", String.valueOf(e.getMessage()));
      System.exit(1);
    }
  }

  /** Ends with the exit code of a wrong command line; the exception is never seen. */
  private static IllegalStateException refused(String why) {
    Progress.say("%s%n%n%s", why, USAGE);
    System.exit(2);
    return new IllegalStateException(why);
  }

  private static Map<String, Callable<List<Row>>> figures(Settings settings) {
    StepFigures steps = new StepFigures(settings);
    Launcher launcher = new Launcher(settings.home());
    PlateRuns runs = new PlateRuns(settings, launcher);
    PlateFigures plates = new PlateFigures(settings, runs);
    RunnerFigures runners = new RunnerFigures(settings, runs);
    CopyFigures copies = new CopyFigures(settings, launcher);
    StartUpFigures starts = new StartUpFigures(settings, launcher);
    Map<String, Callable<List<Row>>> figures = new LinkedHashMap<>();
    figures.put("lzw", steps::lzw);
    figures.put("decode", steps::decode);
    figures.put("scale", steps::scale);
    figures.put("png", steps::png);
    figures.put("image", steps::image);
    figures.put("endtoend", plates::endToEnd);
    figures.put("latency", plates::latency);
    figures.put("memory", plates::memory);
    figures.put("flat", plates::flat);
    figures.put("overhead", plates::overhead);
    figures.put("startup", starts::startUp);
    figures.put("runners", runners::runners);
    figures.put("clusters", runners::clusters);
    figures.put("small", copies::small);
    figures.put("large", copies::large);
    figures.put("listing", copies::listing);
    return figures;
  }
}
