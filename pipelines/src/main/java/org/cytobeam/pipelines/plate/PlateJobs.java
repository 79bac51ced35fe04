package org.cytobeam.pipelines.plate;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cytobeam.io.bytes.Hash;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.runner.ParallelOptions;
import org.cytobeam.pipelines.runner.RunnerConfig;
import org.cytobeam.transforms.flow.HandOut;
import org.cytobeam.transforms.image.CropScale8Bit;
import org.cytobeam.transforms.image.ImageSize;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.plate.PlateSelection;
import org.cytobeam.transforms.plate.PlateSurvey;
import org.cytobeam.transforms.plate.PlateTables;
import org.cytobeam.transforms.s3.AwsSettings;
import org.jspecify.annotations.Nullable;

/** Makes the jobs of a command from its options and its input. */
final class PlateJobs {

  private static final int DIGITS_OF_OPTIONS_HASH = 16;

  private PlateJobs() {}

  /**
   * Returns one job an output folder.
   *
   * @param runner what will run them
   * @throws MistakesException if the manifest of an output folder is needed and damaged
   */
  static List<PlateJob> of(PlateOptions options, PlateInput input, RunnerConfig runner)
      throws IOException, MistakesException {
    List<PlateJob> jobs = new ArrayList<>();
    for (String outputDir : outputDirs(input.survey(), options.getOutputDir())) {
      jobs.add(job(options, input, runner, outputDir));
    }
    return jobs;
  }

  /** With rows that can't be used and no usable one, a given folder still gets their failures. */
  private static List<String> outputDirs(PlateSurvey survey, @Nullable String given) {
    return given == null ? survey.outputDirs() : List.of(given);
  }

  private static PlateJob job(
      PlateOptions options, PlateInput input, RunnerConfig runner, String outputDir)
      throws IOException, MistakesException {
    PlateSelection selection =
        options.getOutputDir() == null
            ? input.selection().ofOutputDir(outputDir)
            : input.selection();
    S3Settings s3 = s3(options);
    RunId id = RunId.startingAt(Instant.now());
    DestinationSettings destination =
        new DestinationSettings(outputDir, id, options.getDurable(), s3);
    Optional<PlateChoice> choice = PlateChoice.of(options, input.tables(), selection, destination);
    String tableDir = options.getLoadDataOutDir();
    DestinationSettings tableDestination =
        new DestinationSettings(
            tableDir == null ? outputDir + "/load_data" : tableDir, id, options.getDurable(), s3);
    RunSettings run =
        new RunSettings(
            runner.place(options).isElsewhere() ? destination.forOtherProcesses() : destination,
            optionsHash(options),
            options.getCheck(),
            options.getForce(),
            choice.isPresent());
    String size = options.getExpectedSize();
    int workers = ParallelOptions.workers(options);
    long images =
        choice
            .map(some -> (long) some.images().size())
            .orElseGet(() -> images(input.survey(), selection, outputDir));
    return new PlateJob(
        input.tables(),
        selection,
        run,
        s3,
        CropScale8Bit.create()
            .withPercentile(options.getPercentile())
            .withCrop(options.getMinResolutionX(), options.getMinResolutionY())
            .withMaxPixels(options.getMaxPixels())
            .withExpectedSize(size == null ? null : ImageSize.parse(size)),
        choice
            .map(PlateChoice::thumbnails)
            .orElseGet(() -> input.survey().thumbnails(outputDir, options.getThumbnails())),
        !options.getRemoveTmp(),
        new PlateTables(destination, tableDestination, options.getRelativePaths()),
        runner.lanes(options, workers, images),
        workers,
        ParallelOptions.pendingBytes(options),
        images,
        choice.map(PlateChoice::images).orElse(null));
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
    return Hash.SHA256.hex(text).substring(0, DIGITS_OF_OPTIONS_HASH);
  }
}
