package org.cytobeam.pipelines.cli;

import org.cytobeam.pipelines.options.Secrets;

/** What people see of an exception: one line, without the classes that it went through. */
public final class FailureText {

  private FailureText() {}

  /**
   * Returns the message of what was thrown first, without what Beam and executors wrap around it
   * and without what URLs keep secret; the kind of exception where that has no message. An error is
   * named with its kind, because the message alone may be no more than a class's name.
   */
  public static String of(Throwable thrown) {
    Throwable cause = RunningPipeline.unwrapped(thrown);
    String kind = cause.getClass().getSimpleName();
    String message = cause.getMessage();
    String text = message == null || message.isBlank() ? kind : message;
    if (cause instanceof Error && !text.equals(kind)) {
      text = kind + ": " + text;
    }
    return Secrets.shown(text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " "));
  }
}
