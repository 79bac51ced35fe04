package org.cytobeam.pipelines.options;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Input that turned out wrong when it was read, before anything was started. It ends the command
 * with exit code 2 and one line for each mistake.
 */
public final class MistakesException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  /**
   * Creates an exception.
   *
   * @param mistakes all that is wrong; at least one
   */
  public MistakesException(List<Mistake> mistakes) {
    super(mistakes.stream().map(Mistake::line).collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  /** Returns all that is wrong, in the order in which it was found. */
  public List<Mistake> mistakes() {
    return mistakes;
  }
}
