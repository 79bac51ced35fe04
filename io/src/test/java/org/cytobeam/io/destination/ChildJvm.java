package org.cytobeam.io.destination;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process that runs a class of this package, and says how far it is. */
final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader said;

  ChildJvm(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    said = process.inputReader(UTF_8);
  }

  /** Waits until the process has said so many lines. */
  void awaitLines(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      if (said.readLine() == null) {
        throw new IOException("the process ended after " + i + " lines");
      }
    }
  }

  /** Ends the process as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits until the process ends by itself. */
  int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
