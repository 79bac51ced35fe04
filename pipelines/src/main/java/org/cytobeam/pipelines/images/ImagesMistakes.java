package org.cytobeam.pipelines.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.run.S3Mistakes;
import org.cytobeam.transforms.images.ClashingName;
import org.cytobeam.transforms.images.Lookup;
import org.cytobeam.transforms.images.MatchAnalysis;
import org.cytobeam.transforms.images.MatchRules.Ambiguous;
import org.cytobeam.transforms.images.MatchRules.Match;
import org.cytobeam.transforms.images.MatchRules.SaveAs;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a command line of {@code images}, and with the folders it names. */
final class ImagesMistakes {

  /** S3's rules for names, and those of servers that allow upper case and underscores. */
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

  private static final Pattern EXTENSION = Pattern.compile("\\.?[^./\\\\\\s]+");
  private static final int LONGEST_KEY = 1024;

  private ImagesMistakes() {}

  /** Returns what is wrong with options that are each right by themselves. */
  static List<Mistake> of(ImagesOptions options) {
    List<Mistake> mistakes = new ArrayList<>();
    mistakes.addAll(localTables(options));
    mistakes.addAll(source(options));
    mistakes.addAll(rules(options));
    mistakes.addAll(folder(options.getOutputDir()));
    mistakes.addAll(S3Mistakes.of(options));
    return mistakes;
  }

  private static List<Mistake> source(ImagesOptions options) {
    List<Mistake> mistakes = new ArrayList<>();
    if (!BUCKET.matcher(options.getBucket()).matches()) {
      mistakes.add(
          Mistake.in(
              "bucket",
              "\"" + options.getBucket() + "\" is no name of a bucket",
              "give the name alone: my-bucket"));
    }
    String prefix = options.getS3Prefix();
    if (prefix != null && (prefix.startsWith("/") || prefix.contains("://"))) {
      mistakes.add(
          Mistake.in(
              "s3Prefix",
              "\"" + prefix + "\" is not the beginning of a key",
              "give it without a / before it, and the bucket as --bucket: my-folder/"));
    } else if (prefix != null && prefix.length() > LONGEST_KEY) {
      mistakes.add(
          Mistake.in("s3Prefix", "is longer than any key", "give it as the bucket has it"));
    }
    return mistakes;
  }

  private static List<Mistake> rules(ImagesOptions options) {
    List<Mistake> mistakes = new ArrayList<>();
    if (options.getAmbiguous() == Ambiguous.ALL && options.getSaveAs() != SaveAs.KEY) {
      mistakes.add(
          Mistake.in(
              "ambiguous",
              "all of several objects can't have the one name of the table",
              "give --save_as=key too"));
    }
    if (options.getLookup() == Lookup.HEAD && options.getMatch() != Match.KEY) {
      mistakes.add(
          Mistake.in(
              "lookup",
              "head asks for keys, and a name or a stem is none",
              "give --match=key too, or --lookup=list"));
    }
    @Nullable List<String> extensions = options.getExtensions();
    for (String extension : extensions == null ? List.<String>of() : extensions) {
      if (!EXTENSION.matcher(extension).matches()) {
        mistakes.add(
            Mistake.in("extensions", "\"" + extension + "\" is no extension", "give jpg,png, say"));
      }
    }
    return mistakes;
  }

  /** Returns what is in the way of an output folder. */
  static List<Mistake> folder(@Nullable String folder) {
    if (folder == null) {
      return List.of();
    } else if (!Destinations.isRoot(folder)) {
      return List.of(
          Mistake.in(
              "outputDir",
              "\"" + folder + "\" is neither a folder nor an S3 address",
              "give images or s3://bucket/prefix, say"));
    }
    return Destinations.obstacle(folder)
        .map(obstacle -> List.of(Mistake.in("outputDir", obstacle, "name another folder")))
        .orElse(List.of());
  }

  /** An absent local table is told with all other mistakes; S3 is asked only when they are none. */
  private static List<Mistake> localTables(ImagesOptions options) {
    @Nullable List<String> given = options.getCsvFile();
    boolean isInS3 =
        given == null
            ? options.getToDownloadDir().startsWith("s3://")
            : given.stream().anyMatch(table -> table.startsWith("s3://"));
    if (isInS3) {
      return List.of();
    }
    try {
      ImagesTables.find(options);
      return List.of();
    } catch (MistakesException e) {
      return e.mistakes();
    }
  }

  /**
   * Refuses names of different objects that would have the same file.
   *
   * @throws MistakesException with the first of them
   */
  static void refuseClashes(MatchAnalysis found) throws MistakesException {
    if (found.getClashes() == 0) {
      return;
    }
    List<Mistake> mistakes = new ArrayList<>();
    for (ClashingName clash : found.getClashingNames()) {
      mistakes.add(
          Mistake.at(
              clash.getName(),
              clash.getProblem(),
              "rename one in the table, or give --keep_path or --save_as"));
    }
    long more = found.getClashes() - found.getClashingNames().size();
    if (more > 0) {
      mistakes.add(Mistake.at("and " + more + " more", "names of this kind", ""));
    }
    throw new MistakesException(mistakes);
  }

  /** Returns what is wrong with putting the images of all tables into one folder. */
  static List<Mistake> ofOneFolder(List<String> tables, @Nullable String prefix) {
    TreeSet<String> prefixes = new TreeSet<>();
    tables.forEach(table -> prefixes.add(new TableSet(table).prefix(prefix)));
    return prefixes.size() == 1
        ? List.of()
        : List.of(
            Mistake.in(
                "s3Prefix",
                "the names of the tables mean several: " + String.join(", ", prefixes),
                "give the one of all, or leave --output_dir out for a folder each"));
  }

  /** Returns what is wrong with putting the images of each table into a folder of its own. */
  static List<Mistake> ofOwnFolders(List<String> tables) {
    List<Mistake> mistakes = new ArrayList<>();
    Map<String, String> byFolder = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String table : tables) {
      String folder = new TableSet(table).folder();
      String twin = byFolder.putIfAbsent(folder, table);
      if (twin != null) {
        mistakes.add(
            Mistake.at(
                table,
                "has the same folder as " + twin + ": " + folder,
                "rename one of the tables, or give --output_dir"));
      }
      mistakes.addAll(folder(folder));
    }
    return mistakes;
  }
}
