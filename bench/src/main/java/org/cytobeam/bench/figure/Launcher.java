package org.cytobeam.bench.figure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./cytobeam}, run as a user runs it. */
final class Launcher {

  private static final int LINES_TO_SHOW = 20;

  private final Path home;

  /** Creates a launcher of the tree in a folder. */
  Launcher(Path home) {
    this.home = home;
  }

  /** Returns the arguments that run {@code plate}. */
  static List<String> plate(Path table, Path output, URI endpoint, List<String> options) {
    List<String> arguments = new ArrayList<>();
    arguments.add("plate");
    arguments.addAll(List.of("--job_csv_path", table.toString()));
    arguments.addAll(List.of("--output_dir", output.toString()));
    arguments.addAll(List.of("--endpoint", endpoint.toString()));
    arguments.addAll(options);
    return arguments;
  }

  /**
   * Runs a command to its end.
   *
   * @param log where its output goes
   * @param asBuilt whether the launcher does not look for changed sources
   * @throws WrongResultException if it does not end with 0
   */
  Usage run(List<String> arguments, Path log, boolean asBuilt)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("cytobeam").toString()));
    command.addAll(arguments);
    ProcessBuilder builder = prepared(new ProcessBuilder(command), log, asBuilt);
    return checked(builder, MeasuredProcess.run(builder), log);
  }

  /** As {@link #run}, on a cluster; the memory is that of a process which works there. */
  Usage run(Cluster cluster, List<String> arguments, Path log)
      throws IOException, InterruptedException {
    ProcessBuilder builder = prepared(cluster.submit(arguments), log, true);
    return checked(builder, MeasuredProcess.run(builder, process -> cluster::peakBytes), log);
  }

  /** Builds what a runner needs, if it isn't built. */
  void build(Runner runner, List<String> options, Path log)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("plate", "--runner=" + runner.module()));
    arguments.addAll(options);
    arguments.add("--help");
    run(arguments, log, false);
  }

  Path home() {
    return home;
  }

  /**
   * Runs any program to its end.
   *
   * @param log where its output goes
   * @throws WrongResultException if it does not end with 0
   */
  static Usage measured(ProcessBuilder builder, Path log) throws IOException, InterruptedException {
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return checked(builder, MeasuredProcess.run(builder), log);
  }

  /**
   * Looks whether a program has said something.
   *
   * @throws WrongResultException if it has not
   */
  static void requireOutput(Path log, String text) throws IOException {
    if (!Files.readString(log).contains(text)) {
      throw new WrongResultException(log + " says nothing of " + text);
    }
  }

  private static ProcessBuilder prepared(ProcessBuilder builder, Path log, boolean asBuilt) {
    builder.environment().put("JAVA_HOME", JavaCommand.home().toString());
    builder.environment().put("CYTOBEAM_NO_BUILD", asBuilt ? "1" : "");
    return builder.redirectErrorStream(true).redirectOutput(log.toFile());
  }

  private static Usage checked(ProcessBuilder builder, Usage usage, Path log) throws IOException {
    if (usage.exitCode() != 0) {
      List<String> lines = Files.readAllLines(log);
      throw new WrongResultException(
          "%s ended with %d:%n%s"
              .formatted(
                  String.join(" ", builder.command()),
                  usage.exitCode(),
                  String.join(
                      "\n",
                      lines.subList(Math.max(0, lines.size() - LINES_TO_SHOW), lines.size()))));
    }
    return usage;
  }
}
