package org.cytobeam.testing.plate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cytobeam.pipelines.cli.Cytobeam;

/**
 * Runs commands in a process whose environment has nothing but what a test gives it: no AWS
 * settings, and an empty home folder.
 */
public final class CleanJvm {

  /**
   * What a command came to.
   *
   * @param code what it told the shell
   * @param out what it wrote to the standard output
   * @param err what it wrote to the standard error
   */
  public record Ended(int code, String out, String err) {}

  private CleanJvm() {}

  /**
   * Runs a command line.
   *
   * @param folder empty; becomes the home and the working folder
   * @param environment all of the environment but HOME
   */
  public static Ended run(Path folder, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    return run(folder, environment, List.of(), arguments);
  }

  /**
   * Runs a command line.
   *
   * @param folder empty, or a home; becomes the home and the working folder
   * @param environment all of the environment but HOME
   * @param flags of the JVM
   */
  public static Ended run(
      Path folder, Map<String, String> environment, List<String> flags, List<String> arguments)
      throws IOException, InterruptedException {
    Path out = folder.resolve("stdout");
    Path err = folder.resolve("stderr");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-Duser.home=" + folder));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Cytobeam.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("HOME", folder.toString());
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("still running after 2 minutes; it said " + Files.readString(err));
    }
    return new Ended(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
