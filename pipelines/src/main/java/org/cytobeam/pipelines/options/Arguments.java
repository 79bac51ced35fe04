package org.cytobeam.pipelines.options;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a command line says.
 *
 * @param values the options that were given rightly: property to value in the form that Beam takes
 * @param mistakes all that is wrong
 * @param mistaken the properties that were given wrongly or left out wrongly
 * @param help which help is asked for
 */
public record Arguments(
    Map<String, String> values, List<Mistake> mistakes, Set<String> mistaken, Help help) {

  /** Which help a command line asks for. */
  public enum Help {
    /** None: {@link #mistakes()} count. */
    NONE,
    /** The command's own options. */
    OWN,
    /** These and the options of Beam and of the runner. */
    ALL
  }
}
