package org.cytobeam.direct.plate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cytobeam.pipelines.cli.Cytobeam;

/** A whole command in a process of its own, which can be killed. */
public final class ChildCommand implements AutoCloseable {

  /** Flags with which a JVM starts in the least time, and keeps to a small heap. */
  public static final List<String> QUICK =
      List.of(
          "-Xmx256m",
          "-Xshare:auto",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-BytecodeVerificationRemote");

  /** How long a child may take before a test gives it up. */
  private static final long MOST_MINUTES = 10;

  /** The place of signal 2 in the masks of {@code /proc}. */
  private static final long SIGINT_BIT = 1 << (2 - 1);

  private final Process process;
  private final Path out;
  private final Path err;
  private long mostResidentKilobytes;
  private long limitOfFiles;

  /**
   * Starts a command.
   *
   * @param folder where what it writes to its standard output and error is kept
   * @param flags of the JVM
   */
  public ChildCommand(Path folder, List<String> flags, List<String> arguments) throws IOException {
    this(folder, List.of(), flags, arguments);
  }

  /**
   * Starts a command by another one, which becomes it.
   *
   * @param starter the other one's words
   */
  public ChildCommand(Path folder, List<String> starter, List<String> flags, List<String> arguments)
      throws IOException {
    this.out = folder.resolve("child.out");
    this.err = folder.resolve("child.err");
    List<String> command = new ArrayList<>(starter);
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
  public interface Condition {
    boolean holds() throws IOException;
  }

  /** Looks time and again until something is true; fails if the process ends before. */
  public void awaitWhileAlive(Condition condition) throws IOException, InterruptedException {
    if (!awaitUnlessItEnds(condition)) {
      throw new IOException("it ended with " + process.exitValue() + ": " + err());
    }
  }

  /** Looks time and again until something is true, or the process ends; returns whether it is. */
  public boolean awaitUnlessItEnds(Condition condition) throws IOException, InterruptedException {
    boolean holds = condition.holds();
    while (!holds && !endsWithin(Duration.ofMillis(2))) {
      holds = condition.holds();
    }
    return holds;
  }

  /** Waits for a while, and returns whether the process has ended by itself. */
  public boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the process as {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends the signal of that name, as {@code kill -TERM} does. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Returns whether it was started by something that lets its children ignore Ctrl-C. */
  public boolean ignoresInterrupts() throws IOException {
    long ignored =
        Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .findFirst()
            .orElse(0);
    return (ignored & SIGINT_BIT) != 0;
  }

  /** Waits until the process ends by itself and returns its exit code. */
  public int awaitEnd() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MOST_MINUTES);
    while (!endsWithin(Duration.ofMillis(20))) {
      if (System.nanoTime() > end) {
        throw new IOException("it did not end: " + err());
      }
      look();
    }
    return process.exitValue();
  }

  /** Returns the most memory that it was seen to have, in kB; 0 where that can't be seen. */
  public long mostResidentKilobytes() {
    return mostResidentKilobytes;
  }

  /** Returns how many files it may open, or 0 where that can't be seen. */
  long limitOfFiles() {
    return limitOfFiles;
  }

  /** What {@code /proc} says is gone with the process. */
  private void look() {
    mostResidentKilobytes = Math.max(mostResidentKilobytes, number("status", "VmHWM:"));
    limitOfFiles = Math.max(limitOfFiles, number("limits", "Max open files"));
  }

  private long number(String file, String name) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid(), file)).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip().split(" ")[0]))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  public String out() throws IOException {
    return Files.readString(out);
  }

  public String err() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
