package org.cytobeam.pipelines.plate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.SafeName;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.run.S3Mistakes;
import org.cytobeam.transforms.image.ImageSize;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a command line of {@code plate}, and with the folders it names. */
final class PlateMistakes {

  private static final String FOLDER_MEND = "give out or s3://bucket/prefix, say";
  private static final String OBSTACLE_MEND = "name another folder";

  private PlateMistakes() {}

  /** Returns what is wrong with options that are each right by themselves. */
  static List<Mistake> of(PlateOptions options) {
    List<Mistake> mistakes = new ArrayList<>();
    String size = options.getExpectedSize();
    if (size != null) {
      try {
        ImageSize.parse(size);
      } catch (IllegalArgumentException e) {
        mistakes.add(
            Mistake.in("expectedSize", String.valueOf(e.getMessage()), "give 1080x1080, say"));
      }
    }
    mistakes.addAll(localTables(options));
    mistakes.addAll(folder("outputDir", options.getOutputDir()));
    mistakes.addAll(folder("loadDataOutDir", options.getLoadDataOutDir()));
    mistakes.addAll(channels(options));
    mistakes.addAll(S3Mistakes.of(options));
    return mistakes;
  }

  private static List<Mistake> channels(PlateOptions options) {
    List<Mistake> mistakes = new ArrayList<>();
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String channel : PlateInput.channels(options)) {
      if (!seen.add(channel)) {
        mistakes.add(
            Mistake.in(
                "channels",
                "\"" + channel + "\" is given twice, or differs only by upper and lower case",
                "give each channel once"));
      } else if (!isFileName(channel)) {
        mistakes.add(
            Mistake.in(
                "channels", "\"" + channel + "\" can't be part of a file's name", "check it"));
      }
    }
    return mistakes;
  }

  private static List<Mistake> folder(String property, @Nullable String folder) {
    if (folder == null) {
      return List.of();
    } else if (!Destinations.isRoot(folder)) {
      return List.of(Mistake.in(property, noFolder(folder), FOLDER_MEND));
    }
    return Destinations.obstacle(folder)
        .map(obstacle -> List.of(Mistake.in(property, obstacle, OBSTACLE_MEND)))
        .orElse(List.of());
  }

  /** Returns what is wrong with the output folders that tables name. */
  static List<Mistake> ofOutputDirs(List<String> folders) {
    List<Mistake> mistakes = new ArrayList<>();
    for (String folder : folders) {
      if (Destinations.isRoot(folder)) {
        Destinations.obstacle(folder)
            .map(obstacle -> Mistake.at("output_dir", obstacle, OBSTACLE_MEND))
            .ifPresent(mistakes::add);
      } else {
        mistakes.add(Mistake.at("output_dir", noFolder(folder), FOLDER_MEND));
      }
    }
    return mistakes;
  }

  private static String noFolder(String folder) {
    return "\"" + folder + "\" is neither a folder nor an S3 address";
  }

  private static boolean isFileName(String channel) {
    try {
      SafeName.encode(channel);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** An absent local table is told with all other mistakes; S3 is asked only when they are none. */
  private static List<Mistake> localTables(PlateOptions options) {
    @Nullable String input = options.getJobCsvPath();
    if (input == null || input.startsWith("s3://")) {
      return List.of();
    }
    try {
      PlateInput.tables(options);
      return List.of();
    } catch (MistakesException e) {
      return e.mistakes();
    }
  }
}
