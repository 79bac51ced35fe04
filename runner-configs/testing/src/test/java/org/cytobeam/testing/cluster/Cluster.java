package org.cytobeam.testing.cluster;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A real cluster on this machine, as its module's script {@code cluster} starts and stops it. */
final class Cluster implements AutoCloseable {

  /** The clusters there are, by the folder of their module. */
  enum Kind {
    /** JobManager and TaskManagers. */
    FLINK(
        "flink",
        "taskmanager-1",
        "taskmanager-1\\S* is no longer reachable",
        List.of("--parallelism=2"),
        List.of("flink", "run", jar("flink"))),
    /** Master, Workers and their executors. */
    SPARK(
        "spark",
        "executor",
        "finished with state EXITED .*exitStatus 137",
        List.of(),
        List.of("spark-submit"));

    private final String module;
    private final String worker;
    private final Pattern loss;
    private final List<String> options;
    private final List<String> client;

    /**
     * Makes a kind.
     *
     * @param worker what the script calls a process that works
     * @param loss what the cluster logs when that process is killed
     * @param options of a job that can go on with one worker less
     * @param client what the script takes to run the cluster's own client with the jar
     */
    Kind(String module, String worker, String loss, List<String> options, List<String> client) {
      this.module = module;
      this.worker = worker;
      this.loss = Pattern.compile(loss);
      this.options = options;
      this.client = client;
    }

    private static String jar(String module) {
      return module(module).resolve("target/cytobeam-" + module + "-shaded.jar").toString();
    }
  }

  private static final Path TREE = Path.of("../..").toAbsolutePath().normalize();
  private static final int MINUTES_TO_START = 10;

  private final Kind kind;
  private final Path folder;
  private final Map<String, String> environment;

  private Cluster(Kind kind, Path folder, Map<String, String> environment) {
    this.kind = kind;
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * Starts a cluster.
   *
   * @param folder where what it and its jobs say is kept
   * @param environment of the cluster and of jobs
   */
  static Cluster start(Kind kind, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    Cluster cluster = new Cluster(kind, folder, environment);
    Job start = cluster.script(kind + "-start", List.of("start"));
    if (start.awaitEnd(MINUTES_TO_START) != 0) {
      throw new IOException("the cluster did not start: " + start.said());
    }
    return cluster;
  }

  /** Runs the launcher itself, on this process's machine alone. */
  static Job launch(Path folder, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(TREE.resolve("cytobeam").toString()));
    command.addAll(arguments);
    return Job.start(folder, "direct", environment, command);
  }

  /** Starts a command of Cytobeam whose steps run on the cluster. */
  Job submit(List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("submit"));
    all.addAll(arguments);
    all.addAll(kind.options);
    return script(kind + "-submit", all);
  }

  /** Starts the same with the cluster's own client, whose program is the jar. */
  Job submitJar(List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(kind.client);
    all.addAll(arguments);
    all.addAll(kind.options);
    all.add("--runner=" + kind.module);
    return script(kind + "-client", all);
  }

  /** Returns what the cluster's processes have logged about the loss of a worker. */
  List<String> losses() throws IOException {
    List<String> losses = new ArrayList<>();
    try (DirectoryStream<Path> logs =
        Files.newDirectoryStream(module(kind.module).resolve("target/cluster/logs"), "*.log")) {
      for (Path log : logs) {
        Files.readAllLines(log).stream().filter(kind.loss.asPredicate()).forEach(losses::add);
      }
    }
    return losses;
  }

  /** Ends one of the processes that do the work, as {@code kill -9} does. */
  void killAWorker() throws IOException, InterruptedException {
    Job status = script(kind + "-status", List.of("status"));
    status.awaitEnd(1);
    Pattern line = Pattern.compile("^" + kind.worker + "\\s+(\\d+)$", Pattern.MULTILINE);
    long pid =
        line.matcher(status.said())
            .results()
            .mapToLong(found -> Long.parseLong(found.group(1)))
            .findFirst()
            .orElseThrow(() -> new IOException("no " + kind.worker + " in " + read(status)));
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  private static Path module(String name) {
    return TREE.resolve("runner-configs").resolve(name);
  }

  private static String read(Job job) {
    try {
      return job.said();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Job script(String name, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(module(kind.module).resolve("cluster").toString());
    command.addAll(arguments);
    return Job.start(folder, name, environment, command);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    script(kind + "-stop", List.of("stop")).awaitEnd(1);
  }

  /**
   * A process of a command.
   *
   * @param process it
   * @param output what it says, on both streams
   */
  record Job(Process process, Path output) {

    private static Job start(
        Path folder, String name, Map<String, String> environment, List<String> command)
        throws IOException {
      Path output = Files.createTempFile(folder, name, ".txt");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      return new Job(builder.start(), output);
    }

    String said() throws IOException {
      return Files.readString(output);
    }

    boolean isAlive() {
      return process.isAlive();
    }

    /** Waits so many minutes for the end, and returns the exit code. */
    int awaitEnd(int minutes) throws IOException, InterruptedException {
      if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("still running after " + minutes + " min: " + said());
      }
      return process.exitValue();
    }
  }
}
