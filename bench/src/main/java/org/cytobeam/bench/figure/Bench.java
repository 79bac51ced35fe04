package org.cytobeam.bench.figure;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Measures figures and prints their rows: what {@code bench/run} starts. */
public final class Bench {

  private static final String ALL = "all";

  private Bench() {}

  /** Measures the figures that the first argument names, with the settings of the others. */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(System.getProperty("cytobeam.home", "")).toAbsolutePath();
    if (arguments.length == 0 || arguments[0].endsWith("help")) {
      System.err.println(usage());
      System.exit(2);
    }
    if (arguments[0].equals("jmh")) {
      org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
      return;
    }
    try {
      Settings settings = Settings.parse(home, List.of(arguments).subList(1, arguments.length));
      if (arguments[0].equals("serve")) {
        Serving.start(settings);
      } else {
        measure(arguments[0], settings);
      }
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage() + "\n" + usage());
      System.exit(2);
    } catch (WrongResultException e) {
      System.err.println("bench: WRONG RESULT: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void measure(String names, Settings settings) throws Exception {
    Map<String, Callable<List<Row>>> figures = figures(settings);
    List<String> wanted =
        names.equals(ALL) ? List.copyOf(figures.keySet()) : List.of(names.split(",", -1));
    for (String name : wanted) {
      if (!figures.containsKey(name)) {
        throw new IllegalArgumentException("there is no figure " + name);
      }
    }
    Machine machine = Machine.here(settings.home());
    System.out.println(Row.HEADER);
    for (String name : wanted) {
      for (Row row : figures.getOrDefault(name, List::of).call()) {
        System.out.println(row.markdown(machine));
      }
    }
  }

  private static Map<String, Callable<List<Row>>> figures(Settings settings) {
    StepFigures steps = new StepFigures(settings);
    Launcher launcher = new Launcher(settings.home());
    PlateFigures plates = new PlateFigures(settings, new PlateRuns(settings, launcher));
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
    return figures;
  }

  private static String usage() {
    return """
        bench/run FIGURE [options] [-- options of ./cytobeam plate]
        bench/run serve [options]
        bench/run jmh ARGUMENTS

        FIGURE is one or, with commas between, several of lzw, decode, scale, png, image, endtoend,
        latency, memory, flat, overhead, startup; or all. See bench/README.md.

        """
        + Settings.USAGE;
  }
}
