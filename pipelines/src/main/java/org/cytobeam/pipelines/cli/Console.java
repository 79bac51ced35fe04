package org.cytobeam.pipelines.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.cytobeam.pipelines.options.Secrets;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Where a command talks to people: results go to the standard output, everything else (mistakes,
 * progress, failures) to the standard error. The one place that knows the process's own streams,
 * and that no secret passes.
 */
public final class Console {

  private static final int USUAL_WIDTH = 100;
  private static final int NARROWEST = 40;

  /** The variable by which the launcher says that people can be asked. */
  private static final String INPUT_TERMINAL = "CYTOBEAM_INPUT_TERMINAL";

  private final PrintStream out;
  private final PrintStream err;
  private final int width;
  private final @Nullable StatusLine status;
  private final boolean quiet;
  private final @Nullable Answers answers;

  private Console(
      PrintStream out,
      PrintStream err,
      int width,
      @Nullable StatusLine status,
      boolean quiet,
      @Nullable Answers answers) {
    this.out = out;
    this.err = err;
    this.width = width;
    this.status = status;
    this.quiet = quiet;
    this.answers = answers;
  }

  /**
   * Creates a console that is no terminal.
   *
   * @param out takes results, which a script may read
   * @param err takes messages
   * @param width of a line, in characters
   */
  public Console(PrintStream out, PrintStream err, int width) {
    this(out, err, width, null, false, null);
  }

  /** Returns a console on a terminal, whose error output goes through a status line. */
  static Console ofTerminal(PrintStream out, StatusLine err, int width) {
    return new Console(out, utf8(err), width, err, false, null);
  }

  /**
   * Returns the console of this process, as wide as the environment's {@code COLUMNS} says.
   *
   * <p>If the standard input is a terminal, as the launcher finds out, people can be asked. If the
   * error output is one, {@link System#err} is led through the console's status line too, so that
   * libraries and the log don't tear it.
   */
  static Console system() {
    Console console = ofStandardStreams();
    return "1".equals(System.getenv(INPUT_TERMINAL))
        ? console.with(new Answers(System.in))
        : console;
  }

  private static Console ofStandardStreams() {
    PrintStream out = utf8(System.out);
    int width = width(System.getenv("COLUMNS"));
    if (!isTerminal(System.getenv())) {
      return new Console(out, utf8(System.err), width);
    }
    StatusLine status = new StatusLine(System.err);
    System.setErr(utf8(status));
    return ofTerminal(out, status, width);
  }

  /** Returns a console on the streams of this process, whatever they are. */
  static Console plain() {
    return new Console(utf8(System.out), utf8(System.err), USUAL_WIDTH);
  }

  /** A terminal that knows no control sequences says so by its type. */
  static boolean isTerminal(Map<String, String> environment) {
    return "1".equals(environment.get("CYTOBEAM_TERMINAL"))
        && !"dumb".equals(environment.get("TERM"));
  }

  private static PrintStream utf8(OutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  private static int width(@Nullable String columns) {
    boolean usable = columns != null && columns.matches("[0-9]{1,4}");
    return usable ? Math.max(1, Integer.parseInt(columns)) : USUAL_WIDTH;
  }

  /** Returns the same console, on which people can be asked. */
  public Console with(Answers newAnswers) {
    return new Console(out, err, width, status, quiet, newAnswers);
  }

  /** Returns whether there is somebody to ask. */
  public boolean canAsk() {
    return answers != null;
  }

  /**
   * Asks a question and waits for the answer.
   *
   * @return what was typed; empty if there is nobody, or no more input, or the command is to stop
   */
  public Optional<String> ask(String question, Interrupt interrupt) {
    if (answers == null) {
      return Optional.empty();
    }
    clearStatus();
    err.print(Secrets.shown(question) + " ");
    err.flush();
    Optional<String> answer = answers.next(interrupt);
    if (answer.isEmpty()) {
      err.println();
    }
    return answer;
  }

  /** Returns the same console for a command that shall not say how far it is. */
  public Console quieted() {
    return new Console(out, err, width, status, true, answers);
  }

  /** Prints a line of a result. */
  public void result(String line) {
    clearStatus();
    out.println(Secrets.shown(line));
  }

  /** Prints a line of a message. */
  public void message(String line) {
    err.println(Secrets.shown(line));
  }

  /**
   * Shows a line that stays the last one until {@link #clearStatus}; only on a terminal, and not if
   * it is quiet.
   */
  public void status(String line) {
    if (!quiet) {
      draw(line);
    }
  }

  /** Takes the last line away, if there is one. */
  public void clearStatus() {
    draw("");
  }

  /** Takes the last line away for good: the process is about to end. */
  void endStatus() {
    if (status != null) {
      unlessGone(status::end);
    }
  }

  private void draw(String line) {
    if (status != null) {
      unlessGone(() -> status.show(line));
    }
  }

  private interface Drawing {
    void draw() throws IOException;
  }

  /** A terminal that has gone is no reason to stop, and nobody is left to be told. */
  private static void unlessGone(Drawing drawing) {
    try {
      drawing.draw();
    } catch (IOException e) {
      LoggerFactory.getLogger(Console.class).debug("The terminal has gone", e);
    }
  }

  /** Returns whether a status can be shown. */
  public boolean isTerminal() {
    return status != null;
  }

  /** Returns whether progress is not to be shown. */
  public boolean isQuiet() {
    return quiet;
  }

  /** Returns how many characters a line of text should have. */
  public int width() {
    return Math.max(NARROWEST, width);
  }

  /** Returns how many characters a status can have without being wrapped. */
  public int statusWidth() {
    return width - 1;
  }
}
