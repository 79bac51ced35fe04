package org.cytobeam.bench.figure;

/**
 * A row of the table in bench/README.md.
 *
 * @param figure what was measured
 * @param target what was aimed at
 * @param measured what came out
 * @param beside what else was measured in the same run, to hold it against
 */
record Row(String figure, String target, String measured, String beside) {

  /** The two lines that a table of rows begins with. */
  static final String HEADER =
      """
      | figure | target | measured | beside it, in the same run | machine | day | commit |
      |---|---|---|---|---|---|---|""";

  /** Returns the row in Markdown. */
  String markdown(Machine machine) {
    return "| %s | %s | **%s** | %s | %s | %s | %s |"
        .formatted(
            figure, target, measured, beside, machine.name(), machine.day(), machine.commit());
  }
}
