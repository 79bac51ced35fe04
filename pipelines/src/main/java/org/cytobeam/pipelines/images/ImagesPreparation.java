package org.cytobeam.pipelines.images;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.cli.PipelineEnd;
import org.cytobeam.pipelines.cli.RunningPipeline;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.run.Preparation;
import org.cytobeam.pipelines.text.Quantity;
import org.cytobeam.transforms.images.MatchAnalysis;
import org.cytobeam.transforms.images.MatchCounters;
import org.cytobeam.transforms.outcome.ItemSet;
import org.jspecify.annotations.Nullable;

/** Finds out what the names mean, says so, and asks whether to begin. */
final class ImagesPreparation implements Preparation {

  private final ImagesJob job;
  private final ImagesOptions options;
  private final Invocation invocation;
  private final EarlierDownloads earlier;
  private @Nullable MatchProgress progress;
  private List<String> told = List.of();

  private ImagesPreparation(
      ImagesJob job, ImagesOptions options, Invocation invocation, EarlierDownloads earlier) {
    this.job = job;
    this.options = options;
    this.invocation = invocation;
    this.earlier = earlier;
  }

  /** Returns the preparation of a job, after a look for what an earlier downloader has left. */
  static ImagesPreparation of(ImagesJob job, ImagesOptions options, Invocation invocation)
      throws IOException {
    return new ImagesPreparation(
        job, options, invocation, EarlierDownloads.in(job.run().destination()));
  }

  @Override
  public void build(Pipeline pipeline) {
    ImagesPipeline.match(pipeline, job, earlier.names());
  }

  @Override
  public PipelineEnd await(PipelineResult result, Invocation watched) {
    MatchProgress watching = new MatchProgress(result, watched.console());
    progress = watching;
    try {
      return new RunningPipeline(result, watched.interrupt()).await(watching.pause(), watching);
    } finally {
      watched.console().clearStatus();
    }
  }

  @Override
  public OptionalLong decide(Destination folder) throws IOException, MistakesException {
    ImagesAnalysis shown = analysis(folder);
    MatchAnalysis analysis = shown.found();
    ImagesMistakes.refuseClashes(analysis);
    told = new ArrayList<>(lines(shown));
    invocation.results().append("analyses", shown.json(), told);
    if (analysis.getToFetch() == 0) {
      invocation.results().line("There is nothing to fetch.");
    } else {
      shown.refuseIfTooLarge();
      if (!options.getAutoConfirm() && !isConfirmed(analysis, folder)) {
        invocation.results().line("Nothing was fetched, and the folder is as it was.");
        return OptionalLong.empty();
      }
    }
    if (shown.hasMoreMissing()) {
      tellMore("All missing names: " + job.plan().missing(folder));
    }
    invocation.interrupt().goesOn();
    return OptionalLong.of(shown.items());
  }

  /** Returns an analysis for people, with what the earlier downloader has left. */
  List<String> lines(ImagesAnalysis analysis) {
    List<String> lines = new ArrayList<>(analysis.lines());
    lines.addAll(earlier.lines());
    return lines;
  }

  /**
   * Returns what was found, when the pipeline has ended.
   *
   * @param where what the plan of the job is in
   */
  ImagesAnalysis analysis(Destination where) throws IOException {
    MatchAnalysis found = MatchAnalysis.read(where, job.plan().folder());
    Map<String, Long> counts = progress == null ? Map.of() : progress.counts();
    return new ImagesAnalysis(
        job,
        found.withLookup(
            job.lookup(),
            counts.getOrDefault(MatchCounters.KEYS_LISTED, 0L),
            counts.getOrDefault(MatchCounters.REQUESTS, 0L)),
        Destinations.room(job.run().destination().root()));
  }

  /** Tells what holds only once the run goes on; else the folder is left as it was. */
  private void tellMore(String line) {
    told.add(line);
    invocation.results().line(line);
  }

  private boolean isConfirmed(MatchAnalysis analysis, Destination folder) {
    String question =
        "Download "
            + Quantity.of(analysis.getToFetch(), "image")
            + " ("
            + Quantity.bytes(analysis.getBytesToFetch())
            + ") to "
            + folder.root();
    return Confirmation.isGiven(question, invocation);
  }

  /** Returns the names that an earlier downloader says it has fetched. */
  ItemSet downloaded() {
    return earlier.names();
  }

  @Override
  public List<String> told() {
    return new ArrayList<>(told);
  }

  @Override
  public boolean isOnlyForTheRun(String path) {
    return PlanPlace.isPart(path);
  }
}
