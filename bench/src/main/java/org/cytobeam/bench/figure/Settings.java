package org.cytobeam.bench.figure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cytobeam.bench.images.ImageSource;
import org.cytobeam.bench.server.Throttle;

/**
 * What the command line asks for.
 *
 * @param home the folder of the launcher
 * @param work where inputs and outputs of runs are put while they last
 * @param source where the images come from
 * @param images how many are made end to end, and small files copied
 * @param few the smaller plate of the figures that compare two sizes
 * @param many the larger one
 * @param baselineImages how many images the sequential baseline is timed over
 * @param throttle the server's latency, where a figure has one, and its rates
 * @param repeats how often what is short is measured
 * @param quick whether JMH measures for a few seconds instead of minutes
 * @param options further options of the command, such as {@code --max_workers 16}
 */
record Settings(
    Path home,
    Path work,
    ImageSource source,
    int images,
    int few,
    int many,
    int baselineImages,
    Throttle throttle,
    int repeats,
    boolean quick,
    List<String> options) {

  /** Says what {@link #parse} reads. */
  static final String USAGE =
      """
      --source real|synthetic  the images (default: real, where they are on this machine)
      --images 5000            how many are made end to end, and small files copied
      --few 2000 --many 20000  the plates of memory, flat and overhead
      --baseline 200           how many images the baseline is timed over
      --latency 100            milliseconds before the first byte of an answer, for latency and serve
      --connection-rate 0      bytes a second of one connection; 0 is as fast as it goes
      --total-rate 0           bytes a second of all connections together
      --repeats 5              how often a start-up is timed
      --work DIR               where inputs and outputs are put, and removed (default: bench/target/work)
      --quick                  seconds instead of minutes of JMH
      -- ...                   further options of the ./cytobeam command that is measured
      """;

  /** Parses options; throws IllegalArgumentException with a message for who wrote them. */
  static Settings parse(Path home, List<String> arguments) {
    int end = arguments.indexOf("--");
    List<String> own = new ArrayList<>(end < 0 ? arguments : arguments.subList(0, end));
    List<String> options =
        end < 0 ? List.of() : List.copyOf(arguments.subList(end + 1, arguments.size()));
    boolean quick = own.remove("--quick");
    String source = take(own, "--source", ImageSource.preferred().name());
    Settings settings =
        new Settings(
            home,
            Path.of(take(own, "--work", home.resolve("bench/target/work").toString())),
            ImageSource.valueOf(source.toUpperCase(Locale.ROOT)),
            number(own, "--images", 5_000),
            number(own, "--few", 2_000),
            number(own, "--many", 20_000),
            number(own, "--baseline", 200),
            new Throttle(
                number(own, "--latency", 100),
                number(own, "--connection-rate", 0),
                number(own, "--total-rate", 0)),
            number(own, "--repeats", 5),
            quick,
            options);
    if (!own.isEmpty()) {
      throw new IllegalArgumentException("what is " + String.join(" ", own) + "?");
    }
    return settings;
  }

  private static int number(List<String> arguments, String name, int otherwise) {
    String text = take(arguments, name, String.valueOf(otherwise));
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " " + text + " is no number", e);
    }
  }

  /** Removes an option and its value; returns the value. */
  private static String take(List<String> arguments, String name, String otherwise) {
    int at = arguments.indexOf(name);
    if (at < 0) {
      return otherwise;
    }
    if (at + 1 == arguments.size()) {
      throw new IllegalArgumentException(name + " lacks its value");
    }
    arguments.remove(at);
    return arguments.remove(at);
  }
}
