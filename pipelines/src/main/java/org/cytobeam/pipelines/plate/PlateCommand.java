package org.cytobeam.pipelines.plate;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.destination.SafeName;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.pipelines.cli.Command;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.plan.RunPlan;
import org.cytobeam.pipelines.record.InputFile;
import org.cytobeam.pipelines.runner.ParallelOptions;
import org.cytobeam.transforms.flow.HandOut;
import org.cytobeam.transforms.image.CropScale8Bit;
import org.cytobeam.transforms.image.ImageSize;
import org.cytobeam.transforms.image.Thumbnails;
import org.cytobeam.transforms.outcome.ItemSet;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.plate.InputTables;
import org.cytobeam.transforms.plate.PlateSelection;
import org.cytobeam.transforms.plate.PlateSurvey;
import org.cytobeam.transforms.plate.PlateTables;
import org.cytobeam.transforms.s3.AwsSettings;
import org.cytobeam.transforms.s3.OpenDataClientBuilderFactory;
import org.jspecify.annotations.Nullable;

/** {@code plate}: a Cell Painting plate from S3 to checked 8-bit PNGs. */
public final class PlateCommand implements Command<PlateOptions> {

  private static final String FOLDER_MEND = "give out or s3://bucket/prefix, say";
  private static final String OBSTACLE_MEND = "name another folder";

  @Override
  public String name() {
    return "plate";
  }

  @Override
  public String summary() {
    return "Turn a Cell Painting plate, from S3 or from files, into checked 8-bit PNGs.";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "plate --job_csv_path testdata/plate/load_data.csv --output_dir out",
        "plate --job_csv_path s3://cellpainting-gallery/cpg0016-jump/source_4/workspace/"
            + "load_data_csv/2021_08_23_Batch12/BR00126114/load_data_with_illum.parquet"
            + " --output_dir out --wells A01");
  }

  @Override
  public Class<PlateOptions> options() {
    return PlateOptions.class;
  }

  @Override
  public List<Mistake> check(PlateOptions options) {
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
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String channel : channels(options)) {
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
    URI endpoint = options.getEndpoint();
    if (endpoint != null && String.valueOf(endpoint.getRawAuthority()).contains("@")) {
      mistakes.add(
          Mistake.in(
              "endpoint",
              "has a user or a password, which no S3 server takes",
              "leave them out; AWS_PROFILE names credentials, say"));
    }
    try {
      AwsSettings.check(options);
    } catch (IllegalArgumentException e) {
      mistakes.add(Mistake.in("awsCredentialsProvider", String.valueOf(e.getMessage()), ""));
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

  @Override
  public ExitCode run(PlateOptions options, Invocation invocation)
      throws IOException, MistakesException {
    options.setClientBuilderFactory(OpenDataClientBuilderFactory.class);
    if (!invocation.given().containsKey("awsRegion")) {
      AwsSettings.settleRegion(options);
    }
    readBucketUnsigned(options);
    FileSystems.setDefaultPipelineOptions(options);
    PlateSelection selection = selection(options);
    List<String> tables = tables(options);
    PlateSurvey survey =
        survey(tables, selection, options.getOutputDir(), options.getLoadDataOutDir());
    leftOut(survey).ifPresent(invocation.results()::line);
    List<PlateJob> jobs = new ArrayList<>();
    for (String outputDir : outputDirs(survey, options.getOutputDir())) {
      PlateSelection own =
          options.getOutputDir() == null ? selection.ofOutputDir(outputDir) : selection;
      jobs.add(
          job(
              options,
              tables,
              own,
              outputDir,
              survey.thumbnails(outputDir, options.getThumbnails()),
              images(survey, own, outputDir)));
    }
    if (options.getDryRun()) {
      for (PlateJob job : jobs) {
        RunPlan plan = PlatePlan.of(job);
        invocation.results().append("plans", plan.json(), plan.lines());
      }
      return ExitCode.DONE;
    }
    List<InputFile> inputs = InputFile.read(tables);
    try (ClaimedJobs claimed = ClaimedJobs.claim(jobs, inputs, invocation, options)) {
      return claimed.execute(options);
    }
  }

  /** As the system did that this option comes from; unless the same bucket is written to. */
  private static void readBucketUnsigned(PlateOptions options) {
    String bucket = options.getBucketName();
    if (bucket == null
        || isIn(bucket, options.getOutputDir())
        || isIn(bucket, options.getLoadDataOutDir())) {
      return;
    }
    List<String> buckets = new ArrayList<>(orNone(options.getS3PublicBuckets()));
    buckets.add(bucket);
    options.setS3PublicBuckets(buckets);
  }

  private static boolean isIn(String bucket, @Nullable String folder) {
    return folder != null && (folder + "/").startsWith("s3://" + bucket + "/");
  }

  /** Returns what became of rows that give no item of their own; empty if all do. */
  private static Optional<String> leftOut(PlateSurvey survey) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put(" with a false filter", survey.filtered());
    counts.put(" of other wells and sites", survey.unwanted());
    counts.put(" equal to another", survey.merged());
    String parts =
        counts.entrySet().stream()
            .filter(count -> count.getValue() > 0)
            .map(count -> count.getValue() + count.getKey())
            .collect(Collectors.joining(", "));
    return parts.isEmpty() ? Optional.empty() : Optional.of(survey.read() + " rows: " + parts);
  }

  /** With rows that can't be used and no usable one, a given folder still gets their failures. */
  private static List<String> outputDirs(PlateSurvey survey, @Nullable String given) {
    return given == null ? survey.outputDirs() : List.of(given);
  }

  private static PlateSelection selection(PlateOptions options) {
    return new PlateSelection(
        channels(options),
        Set.copyOf(orNone(options.getWells())),
        Set.copyOf(orNone(options.getSites())),
        options.getBucketName(),
        null);
  }

  private static List<String> channels(PlateOptions options) {
    List<String> given = orNone(options.getChannels());
    return given.isEmpty() ? PlateSelection.CELL_PAINTING : given;
  }

  private static List<String> orNone(@Nullable List<String> values) {
    return values == null ? List.of() : values;
  }

  /** An absent local table is told with all other mistakes; S3 is asked only when they are none. */
  private static List<Mistake> localTables(PlateOptions options) {
    @Nullable String input = options.getJobCsvPath();
    if (input == null || input.startsWith("s3://")) {
      return List.of();
    }
    try {
      tables(options);
      return List.of();
    } catch (MistakesException e) {
      return e.mistakes();
    }
  }

  private static List<String> tables(PlateOptions options) throws MistakesException {
    String input = options.getJobCsvPath();
    try {
      return InputTables.find(input);
    } catch (FileNotFoundException e) {
      throw noTables(input, e, "give a job file or load_data table, a folder of them, or a glob");
    } catch (IOException e) {
      throw noTables(
          input,
          e,
          input.startsWith("s3://")
              ? "check the address, --endpoint, AWS_PROFILE and --s3_public_buckets"
              : "give a local path, or an address that begins with s3://");
    }
  }

  private static MistakesException noTables(String input, IOException e, String mend) {
    return new MistakesException(
        List.of(Mistake.in("jobCsvPath", input + ": " + e.getMessage(), mend)));
  }

  private static PlateSurvey survey(
      List<String> tables,
      PlateSelection selection,
      @Nullable String outputDir,
      @Nullable String tableDir)
      throws IOException, MistakesException {
    PlateSurvey survey = PlateSurvey.of(tables, selection, outputDir);
    List<Mistake> mistakes = new ArrayList<>();
    for (PlateSurvey.Fault fault : survey.faults()) {
      mistakes.add(Mistake.at(fault.where(), fault.problem(), fault.mend()));
    }
    mistakes.addAll(outputDirMistakes(survey.outputDirs()));
    if (tableDir != null) {
      survey
          .spreadJobs()
          .forEach(
              (jobId, where) ->
                  mistakes.add(
                      Mistake.at(
                          where,
                          "job " + jobId + " goes to several output folders, but has one table",
                          "leave --load_data_out_dir out, or give --output_dir")));
    }
    if (survey.moreFaults() > 0) {
      mistakes.add(Mistake.at("and " + survey.moreFaults() + " more", "faults of these kinds", ""));
    }
    if (!mistakes.isEmpty()) {
      throw new MistakesException(mistakes);
    }
    return survey;
  }

  private static List<Mistake> outputDirMistakes(List<String> folders) {
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

  private static PlateJob job(
      PlateOptions options,
      List<String> tables,
      PlateSelection selection,
      String outputDir,
      Thumbnails thumbnails,
      long images)
      throws IOException, MistakesException {
    S3Settings s3 = s3(options);
    RunId id = RunId.startingAt(Instant.now());
    DestinationSettings destination =
        new DestinationSettings(outputDir, id, options.getDurable(), s3);
    Optional<ItemSet> chosen = PlateChoice.of(options, tables, selection, destination);
    String tableDir = options.getLoadDataOutDir();
    DestinationSettings tableDestination =
        new DestinationSettings(
            tableDir == null ? outputDir + "/load_data" : tableDir, id, options.getDurable(), s3);
    RunSettings run =
        new RunSettings(destination, optionsHash(options), options.getCheck(), options.getForce());
    String size = options.getExpectedSize();
    return new PlateJob(
        tables,
        selection,
        run,
        s3,
        CropScale8Bit.create()
            .withPercentile(options.getPercentile())
            .withCrop(options.getMinResolutionX(), options.getMinResolutionY())
            .withMaxPixels(options.getMaxPixels())
            .withExpectedSize(size == null ? null : ImageSize.parse(size)),
        thumbnails,
        !options.getRemoveTmp(),
        new PlateTables(destination, tableDestination, options.getRelativePaths()),
        ParallelOptions.workers(options),
        ParallelOptions.pendingBytes(options),
        chosen.map(ItemSet::size).map(Integer::longValue).orElse(images),
        chosen.orElse(null));
  }

  /** A row that can't be used is one item: nobody knows which channels it would have had. */
  private static long images(PlateSurvey survey, PlateSelection selection, String outputDir) {
    return survey.sites(outputDir) * selection.channels().size() + survey.unusable();
  }

  /** A connection for each request that the workers may have in flight, or what there is anyway. */
  private static S3Settings s3(PlateOptions options) {
    S3Settings s3 = AwsSettings.of(options);
    int workers = ParallelOptions.workers(options);
    int inFlight = workers * Math.min(workers, HandOut.DEFAULT_ROWS);
    return s3.toBuilder().setMaxConnections(Math.max(s3.maxConnections(), inFlight)).build();
  }

  /** Hashes the options that determine the bytes of a PNG, and the version of its making. */
  private static String optionsHash(PlateOptions options) {
    String text =
        String.format(
            Locale.ROOT,
            "plate/1 percentile=%s width=%d height=%d",
            options.getPercentile(),
            options.getMinResolutionX(),
            options.getMinResolutionY());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
