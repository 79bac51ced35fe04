package org.cytobeam.pipelines.images;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.cytobeam.io.bytes.Hash;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.pipelines.cli.Console;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.runner.Lanes;
import org.cytobeam.pipelines.runner.ParallelOptions;
import org.cytobeam.pipelines.runner.RunnerConfig;
import org.cytobeam.transforms.images.CopyObject;
import org.cytobeam.transforms.images.Lookup;
import org.cytobeam.transforms.images.LookupChoice;
import org.cytobeam.transforms.images.MatchRules;
import org.cytobeam.transforms.images.NameSurvey;
import org.cytobeam.transforms.outcome.ItemSet;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.s3.AwsSettings;
import org.jspecify.annotations.Nullable;

/** Makes the jobs of a command from its options and its tables. */
final class ImagesJobs {

  private static final int DIGITS_OF_OPTIONS_HASH = 16;

  private final ImagesOptions options;
  private final RunnerConfig runner;
  private final Console console;
  private final S3Settings s3;

  private ImagesJobs(ImagesOptions options, Invocation invocation) {
    this.options = options;
    this.runner = invocation.runner();
    this.console = invocation.console();
    S3Settings given = AwsSettings.of(options);
    this.s3 =
        given.toBuilder()
            .setMaxConnections(Math.max(given.maxConnections(), options.getInFlight()))
            .build();
  }

  /**
   * Returns one job an output folder: of all tables if that is given, else one a table.
   *
   * @throws MistakesException with all that must be mended in the tables and folders
   */
  static List<ImagesJob> of(ImagesOptions options, List<String> tables, Invocation invocation)
      throws IOException, MistakesException {
    ImagesJobs maker = new ImagesJobs(options, invocation);
    String outputDir = options.getOutputDir();
    refuse(
        outputDir == null
            ? ImagesMistakes.ofOwnFolders(tables)
            : ImagesMistakes.ofOneFolder(tables, options.getS3Prefix()));
    List<ImagesJob> jobs = new ArrayList<>();
    List<Mistake> mistakes = new ArrayList<>();
    List<List<String>> groups =
        outputDir == null ? tables.stream().map(List::of).toList() : List.of(tables);
    for (List<String> group : groups) {
      try {
        jobs.add(maker.job(group));
      } catch (MistakesException e) {
        mistakes.addAll(e.mistakes());
      }
    }
    refuse(mistakes);
    return jobs;
  }

  private static void refuse(List<Mistake> mistakes) throws MistakesException {
    if (!mistakes.isEmpty()) {
      throw new MistakesException(mistakes);
    }
  }

  private ImagesJob job(List<String> tables) throws IOException, MistakesException {
    NameSurvey survey = NameSurvey.of(tables, options.getColumn(), 0);
    refuse(faults(survey));
    for (String table : survey.withHeader()) {
      console.message(
          table + ": the first line looks like a header, and is taken for a name; see --column.");
    }
    TableSet first = new TableSet(tables.get(0));
    String given = options.getOutputDir();
    DestinationSettings destination =
        new DestinationSettings(
            given == null ? first.folder() : given,
            RunId.startingAt(Instant.now()),
            options.getDurable(),
            s3);
    Optional<ItemSet> chosen = NameChoice.of(options, tables, destination);
    long names = chosen.map(set -> (long) set.size()).orElse(survey.names());
    Lanes lanes = runner.lanes(options, workers(), names);
    MatchRules rules = rules(first);
    DestinationSettings forSteps =
        runner.place(options).isElsewhere() ? destination.forOtherProcesses() : destination;
    return new ImagesJob(
        tables,
        options.getColumn(),
        rules,
        new RunSettings(
            forSteps, optionsHash(), options.getCheck(), options.getForce(), chosen.isPresent()),
        PlanPlace.in(forSteps),
        s3,
        lookup(rules, names, survey),
        options.getContentEncoding(),
        lanes,
        inFlight(lanes),
        pendingBytes(),
        names,
        chosen.orElse(null));
  }

  private Lookup lookup(MatchRules rules, long names, NameSurvey survey) throws IOException {
    return options.getLookup() == Lookup.AUTO
        ? LookupChoice.of(rules, s3, names, survey.sample()).lookup()
        : options.getLookup();
  }

  private static List<Mistake> faults(NameSurvey survey) {
    return survey.faults().stream()
        .map(fault -> Mistake.at(fault.where(), fault.problem(), fault.mend()))
        .toList();
  }

  private MatchRules rules(TableSet table) {
    Set<String> extensions = new HashSet<>();
    @Nullable List<String> given = options.getExtensions();
    for (String extension : given == null ? List.<String>of() : given) {
      extensions.add(extension.replaceFirst("^\\.", "").toLowerCase(Locale.ROOT));
    }
    return new MatchRules(
        options.getBucket(),
        table.prefix(options.getS3Prefix()),
        options.getMatch(),
        extensions,
        options.getAmbiguous(),
        options.getSaveAs(),
        options.getKeepPath());
  }

  /** A thread without an object of its own would only wait. */
  private int workers() {
    return Math.min(ParallelOptions.workers(options), options.getInFlight());
  }

  /** As many lanes as there are workers run at once, each with a copying step of its own. */
  private int inFlight(Lanes lanes) {
    return inFlightOfOne(options.getInFlight(), Math.min(lanes.count(), workers()));
  }

  /**
   * Returns how many objects one copying step fetches at once.
   *
   * @param all how many the process does
   * @param steps how many of the steps run at once, at most as many
   */
  static int inFlightOfOne(int all, int steps) {
    return Math.max(1, all / steps);
  }

  private long pendingBytes() {
    Long given = options.getMaxPendingBytes();
    long ofHeap = Runtime.getRuntime().maxMemory() / ParallelOptions.HEAP_PER_PENDING;
    return given == null ? Math.min(CopyObject.PENDING_BYTES, ofHeap) : given;
  }

  /** Hashes the options that determine the bytes of a file, and the version of its making. */
  private String optionsHash() {
    String text =
        "images/1 content_encoding=" + options.getContentEncoding().name().toLowerCase(Locale.ROOT);
    return Hash.SHA256.hex(text).substring(0, DIGITS_OF_OPTIONS_HASH);
  }
}
