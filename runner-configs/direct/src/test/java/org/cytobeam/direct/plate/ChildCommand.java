package org.cytobeam.direct.plate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cytobeam.pipelines.cli.Cytobeam;

/** A whole command in a process of its own, which can be killed. */
final class ChildCommand implements AutoCloseable {

  /** How long a child may take before a test gives it up. */
  private static final long MOST_MINUTES = 10;

  private final Process process;
  private final Path out;
  private final Path err;

  /**
   * Starts a command.
   *
   * @param folder where what it writes to its standard output and error is kept
   * @param flags of the JVM
   */
  ChildCommand(Path folder, List<String> flags, List<String> arguments) throws IOException {
    this.out = folder.resolve("child.out");
    this.err = folder.resolve("child.err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Cytobeam.class.getName());
    command.addAll(arguments);
    process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
  }

  /** Something that becomes true. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException;
  }

  /** Looks time and again until something is true; fails if the process ends before. */
  void awaitWhileAlive(Condition condition) throws IOException, InterruptedException {
    while (!condition.holds()) {
      if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
        throw new IOException("it ended with " + process.exitValue() + ": " + err());
      }
    }
  }

  /** Ends the process as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks the process to end, as {@code kill} does. */
  void terminate() {
    process.destroy();
  }

  /** Waits until the process ends by itself and returns its exit code. */
  int awaitEnd() throws IOException, InterruptedException {
    if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
      throw new IOException("it did not end: " + err());
    }
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
