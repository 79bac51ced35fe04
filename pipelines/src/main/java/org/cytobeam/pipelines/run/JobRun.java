package org.cytobeam.pipelines.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.FailureText;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.cli.PipelineEnd;
import org.cytobeam.pipelines.cli.RunningPipeline;
import org.cytobeam.pipelines.log.BriefLog;
import org.cytobeam.pipelines.log.LogFormat;
import org.cytobeam.pipelines.log.LogStyle;
import org.cytobeam.pipelines.log.RunLog;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.progress.JournalProgress;
import org.cytobeam.pipelines.progress.ProgressMetrics;
import org.cytobeam.pipelines.progress.ProgressSource;
import org.cytobeam.pipelines.progress.ProgressView;
import org.cytobeam.pipelines.record.InputFile;
import org.cytobeam.pipelines.record.RunRecorder;
import org.cytobeam.pipelines.runner.LostClusterException;
import org.cytobeam.pipelines.runner.Place;
import org.cytobeam.transforms.outcome.DamagedManifestException;
import org.cytobeam.transforms.outcome.DoneIndex;
import org.cytobeam.transforms.outcome.JournalTally;
import org.cytobeam.transforms.outcome.RunFolder;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.outcome.RunSummary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a pipeline into one output folder, from the lock to the exit code; the same for all
 * jobs.
 *
 * <p>While a run lives it holds the lock of its output folder, so that two runs never merge one
 * manifest; what dead runs left half written is removed before anything is started.
 *
 * <p>Order of calls: {@link #claim}, {@link #execute} or {@link #executeAfter}, {@link #close}.
 */
public final class JobRun implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

  private static final String LOGS = "logs/";

  private final Invocation invocation;
  private final RunSettings run;
  private final double maxFailedShare;
  private final RunRecorder record;
  private @Nullable FolderClaim claimed;
  private boolean hasBriefLog;
  private boolean namesItems;
  private boolean hasBegun;

  /** Whether processes that this one doesn't see the end of may go on with the run. */
  private boolean isLeft;

  private long items;

  /**
   * Creates a run that has not begun.
   *
   * @param inputs what it reads, for its record
   * @param settled the values of options that the command has settled, for its record: property to
   *     value
   * @param maxFailedShare the share of the items that may fail before the exit code says so
   * @param items how many items there are, for progress; 0 if that is not known
   */
  public JobRun(
      Invocation invocation,
      RunSettings run,
      List<InputFile> inputs,
      Map<String, String> settled,
      double maxFailedShare,
      long items) {
    this.invocation = invocation;
    this.run = run;
    this.maxFailedShare = maxFailedShare;
    this.items = items;
    this.record = new RunRecorder(invocation.call(), run, inputs, settled);
  }

  /** Lets progress name the item that ended last; it is read from the journal. */
  public JobRun namingItems() {
    namesItems = true;
    return this;
  }

  /**
   * Writes another log beside that of the record, in brief: {@link BriefLog} says where. Its name
   * has the time when the run's own pipeline begins.
   */
  public JobRun withBriefLog() {
    hasBriefLog = true;
    return this;
  }

  /**
   * Takes the lock of the output folder. Where a run that was killed may still look alive, waits
   * for that to end.
   *
   * @throws MistakesException if another run is writing into the folder, or its manifest can't be
   *     read
   */
  public void claim() throws IOException, MistakesException {
    FolderClaim claim = FolderClaim.take(run.destination(), "outputDir", invocation);
    claimed = claim;
    refuseIfDamaged(claim.destination());
  }

  /** Runs the pipeline that the graph makes, and says what came of it. */
  public ExitCode execute(PipelineOptions options, Consumer<Pipeline> graph) throws IOException {
    return execute(options, graph, code -> {});
  }

  /**
   * Runs the pipeline that the graph makes, and says what came of it.
   *
   * @param ended is called when the run was seen to end and all is done but the report, with the
   *     exit code; never for a run that goes on without this process
   */
  public ExitCode execute(
      PipelineOptions options, Consumer<Pipeline> graph, Consumer<ExitCode> ended)
      throws IOException {
    Destination destination = begin();
    RunEnd end;
    try (RunLog log = attachLog(options, destination)) {
      start(destination);
      end = executeLogged(options, graph, destination);
    }
    return tell(end, ended, destination);
  }

  /**
   * Runs a pipeline that finds out what there is to do and then, unless that decides otherwise, the
   * one that does it: two pipelines under one lock, with one record. If it is not to go on, the
   * output folder is left as it was.
   *
   * @param ended as in {@link #execute(PipelineOptions, Consumer, Consumer)}
   * @return {@link ExitCode#DONE} also if it was decided not to go on
   * @throws MistakesException if what was found must be mended first; the folder is left as it was
   */
  public ExitCode executeAfter(
      PipelineOptions options,
      Preparation preparation,
      Consumer<Pipeline> graph,
      Consumer<ExitCode> ended)
      throws IOException, MistakesException {
    Destination destination = begin();
    PreparedFiles prepared = new PreparedFiles(destination, preparation::isOnlyForTheRun);
    prepared.removeOfDeadRuns();
    Optional<RunEnd> end;
    try (RunLog log = attachLog(options, destination)) {
      start(destination);
      end = executeBoth(options, preparation, graph, destination, prepared);
    } catch (MistakesException e) {
      forget();
      throw e;
    }
    if (end.isEmpty()) {
      forget();
      return invocation.interrupt().isRequested() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }
    return tell(end.get(), ended, destination);
  }

  /**
   * Lets go of the output folder, if it was claimed. A run that never began leaves it as it was.
   */
  @Override
  public void close() throws IOException {
    if (claimed != null && !hasBegun) {
      forget();
    }
    try (FolderClaim held = claimed) {
      claimed = null;
    }
  }

  private static void refuseIfDamaged(Destination destination)
      throws IOException, MistakesException {
    try {
      DoneIndex.check(destination);
    } catch (DamagedManifestException e) {
      throw new MistakesException(
          List.of(Mistake.at(e.manifest(), e.problem(), DamagedManifestException.MEND)));
    }
  }

  private Destination begin() throws IOException {
    if (claimed == null) {
      throw new IllegalStateException("the output folder has not been claimed");
    }
    hasBegun = true;
    Destination destination = claimed.destination();
    destination.removeTemporaries("");
    return destination;
  }

  private RunLog attachLog(PipelineOptions options, Destination destination) {
    LogFormat format = options.as(OutputOptions.class).getLogFormat();
    return RunLog.attach(
        destination,
        RunFolder.ofRun(run.run(), LOGS + format.file()),
        format.style(),
        this::tellLogTrouble);
  }

  private void start(Destination destination) throws IOException {
    LOG.info("Run {} of {} into {}", run.run(), invocation.command(), destination.root());
    record.start(destination);
  }

  /** The page comes after the log has ended: it has links to all files of the log. */
  private ExitCode tell(RunEnd ended, Consumer<ExitCode> onEnd, Destination destination)
      throws IOException {
    if (!ended.isDetached()) {
      onEnd.accept(ended.code());
    }
    new RunTeller(invocation, run.run(), destination).tell(ended);
    return ended.code();
  }

  /** Leaves the folder as it was before it was claimed. */
  private void forget() throws IOException {
    FolderClaim held = Objects.requireNonNull(claimed);
    claimed = null;
    held.forget();
  }

  /**
   * What came of the preparation.
   *
   * @param goesOn whether the run's own pipeline is to run
   * @param end how the run has ended already, if it has
   */
  private record Prepared(boolean goesOn, Optional<RunEnd> end) {}

  /** The first of two pipelines is awaited even where the second is left to a cluster. */
  private Prepared prepare(
      PipelineOptions options, Preparation preparation, Destination destination)
      throws IOException, MistakesException {
    try {
      Pipeline pipeline = Pipeline.create(options);
      preparation.build(pipeline);
      PipelineResult result = invocation.runner().start(pipeline, items);
      PipelineEnd end = preparation.await(result, invocation);
      if (!(end instanceof PipelineEnd.Done)) {
        return new Prepared(false, Optional.of(badEnd(end, destination)));
      }
      OptionalLong toDo = preparation.decide(destination);
      items = toDo.orElse(0);
      return new Prepared(toDo.isPresent(), Optional.empty());
    } catch (IOException | RuntimeException | Error e) {
      recordFailure(destination, e);
      throw e;
    }
  }

  /** Returns how the run has ended; empty if it is not to go on. */
  private Optional<RunEnd> executeBoth(
      PipelineOptions options,
      Preparation preparation,
      Consumer<Pipeline> graph,
      Destination destination,
      PreparedFiles prepared)
      throws IOException, MistakesException {
    try {
      Prepared before = prepare(options, preparation, destination);
      return before.goesOn()
          ? Optional.of(executePrepared(options, preparation, graph, destination))
          : before.end();
    } finally {
      if (!isLeft) {
        prepared.removeOf(run.run());
      }
    }
  }

  private RunEnd executePrepared(
      PipelineOptions options,
      Preparation preparation,
      Consumer<Pipeline> graph,
      Destination destination)
      throws IOException {
    try (RunLog brief = attachBriefLog(destination)) {
      preparation.told().forEach(LOG::info);
      return executeLogged(options, graph, destination);
    }
  }

  private RunLog attachBriefLog(Destination destination) {
    return hasBriefLog
        ? RunLog.attach(
            destination,
            BriefLog.path(Instant.now(), ZoneId.systemDefault()),
            LogStyle.BRIEF,
            this::tellLogTrouble)
        : RunLog.none();
  }

  private RunEnd executeLogged(
      PipelineOptions options, Consumer<Pipeline> graph, Destination destination)
      throws IOException {
    try {
      Pipeline pipeline = Pipeline.create(options);
      graph.accept(pipeline);
      PipelineResult result = invocation.runner().start(pipeline, items);
      if (invocation.runner().place(options) == Place.CLUSTER_DETACHED) {
        return goesOn();
      }
      return ended(watch(result), destination);
    } catch (IOException | RuntimeException | Error e) {
      recordFailure(destination, e);
      throw e;
    }
  }

  private void recordFailure(Destination destination, Throwable e) {
    LOG.error("The run failed", e);
    boolean isStopped = invocation.interrupt().isRequested();
    recordBadEnd(destination, isStopped ? ExitCode.INTERRUPTED : ExitCode.FAILED);
  }

  /** Leaves the run to the cluster: its last step writes the tables and the summary. */
  private RunEnd goesOn() throws IOException {
    leave();
    return new RunEnd(ExitCode.DONE, null, null);
  }

  private void leave() throws IOException {
    isLeft = true;
    Objects.requireNonNull(claimed).leave();
  }

  /** Shows how far the pipeline is until it has ended. */
  private PipelineEnd watch(PipelineResult result) {
    ProgressView view = ProgressView.on(invocation.console());
    ProgressSource progress = progress(result);
    try {
      return new RunningPipeline(result, invocation.interrupt())
          .await(view.pause(), () -> show(progress, view));
    } finally {
      view.close();
    }
  }

  private ProgressSource progress(PipelineResult result) {
    ProgressSource counters = new ProgressMetrics(result, items);
    if (invocation.runner().countsAsItGoes() && !namesItems) {
      return counters;
    }
    Destination destination = Objects.requireNonNull(claimed).destination();
    return new JournalProgress(counters, new JournalTally(destination, run.run()));
  }

  private static void show(ProgressSource progress, ProgressView view) {
    try {
      view.show(progress.now(), System.nanoTime());
    } catch (RuntimeException e) {
      LOG.debug("The runner can't say how far it is", e);
    }
  }

  /** What ended the run may be in the way of its record too, and has been told already. */
  private void recordBadEnd(Destination destination, ExitCode code) {
    try {
      record.end(destination, code, null);
    } catch (IOException | RuntimeException e) {
      LOG.warn("The record of the run could not be ended", e);
    }
  }

  private RunEnd ended(PipelineEnd end, Destination destination) throws IOException {
    return end instanceof PipelineEnd.Done ? done(destination) : badEnd(end, destination);
  }

  private RunEnd badEnd(PipelineEnd end, Destination destination) throws IOException {
    if (end instanceof PipelineEnd.Failed failed) {
      String reason = FailureText.of(failed.cause());
      invocation.console().message("The run failed: " + reason);
      invocation.console().message("What is done stays done: the same command goes on from there.");
      if (failed.cause() instanceof LostClusterException) {
        // Its workers may go on writing, and come to an end that nobody has recorded yet.
        leave();
      } else {
        recordBadEnd(destination, ExitCode.FAILED);
      }
      return new RunEnd(ExitCode.FAILED, null, reason);
    }
    recordBadEnd(destination, ExitCode.INTERRUPTED);
    return new RunEnd(ExitCode.INTERRUPTED, null, null);
  }

  private RunEnd done(Destination destination) throws IOException {
    RunSummary summary = summary(destination);
    LOG.info(
        "{} items: {} done, {} already done, {} failed",
        summary.getItems(),
        summary.getDone(),
        summary.getAlreadyDone(),
        summary.failed());
    boolean tolerable = summary.failed() <= maxFailedShare * summary.getItems();
    ExitCode code = tolerable ? ExitCode.DONE : ExitCode.INCOMPLETE;
    record.end(destination, code, summary);
    return new RunEnd(code, summary, null);
  }

  private RunSummary summary(Destination destination) throws IOException {
    try (InputStream in = destination.open(RunFolder.ofRun(run.run(), RunSummary.FILE))) {
      return RunSummary.read(in);
    } catch (NoSuchFileException e) {
      throw new IOException("the pipeline ended without a summary of its run", e);
    }
  }

  private void tellLogTrouble(Exception trouble) {
    invocation.console().message("The log of the run goes no further: " + FailureText.of(trouble));
  }
}
