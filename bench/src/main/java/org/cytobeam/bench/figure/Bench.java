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

  /** Measures the figure that the first argument names, with the {@link Settings} of the others. */
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
      measure(arguments[0], Settings.parse(home, List.of(arguments).subList(1, arguments.length)));
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage() + "\n" + usage());
      System.exit(2);
    } catch (WrongResultException e) {
      System.err.println("bench: WRONG RESULT: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void measure(String name, Settings settings) throws Exception {
    Map<String, Callable<List<Row>>> figures = figures(settings);
    if (!name.equals(ALL) && !figures.containsKey(name)) {
      throw new IllegalArgumentException("there is no figure " + name);
    }
    Machine machine = Machine.here(settings.home());
    System.out.println(Row.HEADER);
    for (Map.Entry<String, Callable<List<Row>>> figure : figures.entrySet()) {
      if (name.equals(ALL) || name.equals(figure.getKey())) {
        for (Row row : figure.getValue().call()) {
          System.out.println(row.markdown(machine));
        }
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
        bench/run jmh ARGUMENTS

        FIGURE is one of lzw, decode, scale, png, image, endtoend, latency, memory, flat, overhead,
        startup, all. See bench/README.md.

        """
        + Settings.USAGE;
  }
}
