package org.cytobeam.pipelines.options;

import java.util.Locale;

/** The spellings of an option's name. */
public final class OptionName {

  private OptionName() {}

  /**
   * Returns how a property is shown: {@code minResolutionX} as {@code --min_resolution_x}.
   *
   * @param property the name of a property of a {@code PipelineOptions} interface
   */
  public static String shown(String property) {
    return "--"
        + property
            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
            .toLowerCase(Locale.ROOT);
  }

  /**
   * Returns what all spellings of a name have in common: its letters and digits in lower case.
   *
   * @param spelling a name with or without the dashes in front
   */
  static String key(String spelling) {
    return spelling.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }
}
