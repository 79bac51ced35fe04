package org.cytobeam.bench.figure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts another main class of this module with the Java that runs this one. */
final class JavaCommand {

  private JavaCommand() {}

  /** Returns a builder of {@code java <flags> <class> <arguments>}. */
  static ProcessBuilder of(Class<?> main, List<String> flags, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home().resolve("bin/java").toString());
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path", ""));
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command);
  }

  /** Returns the home of the Java that runs this. */
  static Path home() {
    return Path.of(System.getProperty("java.home", ""));
  }
}
