package org.cytobeam.pipelines.options;

/**
 * One thing that is wrong with a command line or an input file, and what to do about it.
 *
 * @param property the property that it is about, empty if it is about no option
 * @param subject what people know it by: an option's name as shown, a file, a word
 * @param problem what is wrong, without a full stop
 * @param mend what to do instead, without a full stop
 */
public record Mistake(String property, String subject, String problem, String mend) {

  /**
   * Creates a mistake in an option's value.
   *
   * @param property the option's property, such as {@code minResolutionX}
   */
  public static Mistake in(String property, String problem, String mend) {
    return new Mistake(property, OptionName.shown(property), problem, mend);
  }

  /**
   * Creates a mistake in something that is no option.
   *
   * @param subject a file with its line, or a word of the command line
   */
  public static Mistake at(String subject, String problem, String mend) {
    return new Mistake("", subject, problem, mend);
  }

  /** Returns the mistake as one line, such as {@code --sites: "x" is not a number; give 1,2}. */
  public String line() {
    return subject + ": " + problem + (mend.isEmpty() ? "" : "; " + mend);
  }
}
