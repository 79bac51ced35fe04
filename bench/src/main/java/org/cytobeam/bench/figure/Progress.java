package org.cytobeam.bench.figure;

import java.util.Locale;

/** What goes on, on the error output: the output has the rows alone. */
final class Progress {

  private Progress() {}

  static void say(String format, Object... arguments) {
    System.err.println("bench: " + String.format(Locale.ROOT, format, arguments));
  }
}
