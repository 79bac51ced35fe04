package org.cytobeam.pipelines.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.cytobeam.pipelines.options.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * Where a command talks to people: results go to the standard output, everything else (mistakes,
 * progress, failures) to the standard error. The one place that knows the process's own streams,
 * and that no secret passes.
 */
public final class Console {

  private static final int USUAL_WIDTH = 100;
  private static final int NARROWEST = 40;

  private final PrintStream out;
  private final PrintStream err;
  private final int width;

  /**
   * Creates a console.
   *
   * @param out takes results, which a script may read
   * @param err takes messages
   * @param width of a line, in characters
   */
  public Console(PrintStream out, PrintStream err, int width) {
    this.out = out;
    this.err = err;
    this.width = width;
  }

  /** Returns the console of this process, as wide as the environment's {@code COLUMNS} says. */
  public static Console system() {
    return new Console(
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        width(System.getenv("COLUMNS")));
  }

  private static int width(@Nullable String columns) {
    boolean usable = columns != null && columns.matches("[0-9]{1,4}");
    return usable ? Math.max(NARROWEST, Integer.parseInt(columns)) : USUAL_WIDTH;
  }

  /** Prints a line of a result. */
  public void result(String line) {
    out.println(Secrets.shown(line));
  }

  /** Prints a line of a message. */
  public void message(String line) {
    err.println(Secrets.shown(line));
  }

  /** Returns how many characters a line may have. */
  public int width() {
    return width;
  }
}
