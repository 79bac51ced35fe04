package org.cytobeam.bench.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real cluster on this machine, as {@code runner-configs/<module>/cluster} starts and stops it.
 */
final class Cluster implements AutoCloseable {

  /** A TaskManager works itself; a Worker's executors are its children. */
  private static final Pattern WORKER = Pattern.compile("(taskmanager|worker)-\\d+\\s+(\\d+)");

  private final Path script;
  private final Path folder;
  private final Map<String, String> environment;
  private final List<ProcessHandle> workers = new ArrayList<>();

  private Cluster(Path script, Path folder, Map<String, String> environment) {
    this.script = script;
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * Starts a cluster.
   *
   * @param folder where it says what it does
   * @param environment what the script takes, such as the size of a heap
   */
  static Cluster start(Path home, Runner runner, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path script = home.resolve("runner-configs").resolve(runner.module()).resolve("cluster");
    Cluster cluster = new Cluster(script, folder, environment);
    cluster.call("start");
    WORKER
        .matcher(cluster.call("status"))
        .results()
        .flatMap(line -> ProcessHandle.of(Long.parseLong(line.group(2))).stream())
        .forEach(cluster.workers::add);
    return cluster;
  }

  /** Returns the command that runs Cytobeam's commands there. */
  ProcessBuilder submit(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(script.toString(), "submit"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder;
  }

  /** Returns the most memory that one of the processes which do the work has had. */
  long peakBytes() {
    return workers.stream()
        .flatMap(worker -> Stream.concat(Stream.of(worker), worker.descendants()))
        .mapToLong(process -> PeakMemory.of(process.pid()))
        .max()
        .orElse(0);
  }

  private String call(String verb) throws IOException, InterruptedException {
    Path said = folder.resolve("cluster-" + verb + ".txt");
    ProcessBuilder builder = new ProcessBuilder(script.toString(), verb);
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IOException("cluster " + verb + ": " + Files.readString(said));
    }
    return Files.readString(said);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    call("stop");
  }
}
