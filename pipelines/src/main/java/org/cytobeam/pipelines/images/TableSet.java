package org.cytobeam.pipelines.images;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A table by itself, and what its name says of its images, as in a folder of tables to work off.
 *
 * @param address of the table
 */
record TableSet(String address) {

  private static final String PREFIX = "datalake_training/";
  private static final String FOLDER = "downloads/";

  /** Returns the table's name without its folder and its extension. */
  String stem() {
    String name = address.substring(address.lastIndexOf('/') + 1);
    if (!address.contains("://")) {
      Path file = Path.of(address).getFileName();
      name = file == null ? name : file.toString();
    }
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Returns what the keys of its images begin with, unless that is given. */
  String prefix() {
    String stem = stem();
    int end = stem.indexOf('_');
    String kind = end < 0 ? stem : stem.substring(0, end);
    return PREFIX + kind.toUpperCase(Locale.ROOT) + "/";
  }

  /** Returns the prefix that is given, or else its own. */
  String prefix(@Nullable String given) {
    return given == null ? prefix() : given;
  }

  /** Returns the folder of its images, unless that is given. */
  String folder() {
    return FOLDER + stem() + "_downloads";
  }
}
