package org.cytobeam.pipelines.images;

import java.util.Locale;
import java.util.Optional;
import org.cytobeam.pipelines.cli.Invocation;

/** Asks people whether to begin. */
final class Confirmation {

  private Confirmation() {}

  /**
   * Asks until the answer is yes or no; the end of the input, or the wish to stop, is no.
   *
   * @param question without what can be answered
   */
  static boolean isGiven(String question, Invocation invocation) {
    while (true) {
      Optional<String> answer =
          invocation.console().ask(question + " (y/n)?", invocation.interrupt());
      switch (answer.orElse("n").strip().toLowerCase(Locale.ROOT)) {
        case "y", "yes" -> {
          return true;
        }
        case "n", "no" -> {
          return false;
        }
        default -> invocation.console().message("Please answer y or n.");
      }
    }
  }
}
