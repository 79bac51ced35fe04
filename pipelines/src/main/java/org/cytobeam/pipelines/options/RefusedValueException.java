package org.cytobeam.pipelines.options;

/** A value that an option can't have. */
final class RefusedValueException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String mend;

  /**
   * Creates an exception.
   *
   * @param problem continues a sentence that begins with the value: {@code is not a number}
   */
  RefusedValueException(String problem, String mend) {
    super(problem, null, false, false);
    this.problem = problem;
    this.mend = mend;
  }

  String problem() {
    return problem;
  }

  String mend() {
    return mend;
  }
}
