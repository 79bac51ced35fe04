package org.cytobeam.pipelines.progress;

import java.time.Duration;
import org.cytobeam.pipelines.cli.Console;

/**
 * Shows how far a run is: a bar that is drawn anew on a terminal, a line every {@link
 * #BETWEEN_LINES} elsewhere, nothing if that is wanted. For use by one thread.
 */
public abstract class ProgressView {

  /** How long there is nothing to read where no bar can be drawn. */
  static final Duration BETWEEN_LINES = Duration.ofSeconds(30);

  /** How often a bar is drawn: often enough to look alive, too seldom to cost anything. */
  private static final Duration BETWEEN_BARS = Duration.ofMillis(250);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  ProgressView() {}

  /** Returns a view for a console. */
  public static ProgressView on(Console console) {
    if (console.isQuiet()) {
      return new Nothing();
    }
    return console.isTerminal() ? new Bar(console) : new Lines(console);
  }

  /** Returns how long to wait between two calls of {@link #show}. */
  public abstract Duration pause();

  /**
   * Shows how far the run is, if it is time.
   *
   * @param nanos when that was, as {@link System#nanoTime} counts
   */
  public abstract void show(Progress progress, long nanos);

  /** Takes away what is not to stay. */
  public abstract void close();

  private static final class Bar extends ProgressView {

    private final Console console;
    private final RecentRate rate = new RecentRate();

    Bar(Console console) {
      this.console = console;
    }

    @Override
    public Duration pause() {
      return BETWEEN_BARS;
    }

    @Override
    public void show(Progress progress, long nanos) {
      rate.add(nanos, progress);
      console.status(ProgressText.bar(progress, rate, console.statusWidth()));
    }

    @Override
    public void close() {
      console.clearStatus();
    }
  }

  private static final class Lines extends ProgressView {

    private final Console console;
    private final RecentRate rate = new RecentRate();
    private boolean begun;
    private long shown;

    Lines(Console console) {
      this.console = console;
    }

    @Override
    public Duration pause() {
      return BETWEEN_LOOKS;
    }

    @Override
    public void show(Progress progress, long nanos) {
      rate.add(nanos, progress);
      if (!begun) {
        begun = true;
        shown = nanos;
      } else if (nanos - shown >= BETWEEN_LINES.toNanos()) {
        shown = nanos;
        console.message(ProgressText.sentence(progress, rate));
      }
    }

    @Override
    public void close() {}
  }

  private static final class Nothing extends ProgressView {

    @Override
    public Duration pause() {
      return BETWEEN_LINES;
    }

    @Override
    public void show(Progress progress, long nanos) {}

    @Override
    public void close() {}
  }
}
