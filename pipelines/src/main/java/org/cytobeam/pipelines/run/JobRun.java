package org.cytobeam.pipelines.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.FailureText;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.cli.PipelineEnd;
import org.cytobeam.pipelines.cli.RunningPipeline;
import org.cytobeam.pipelines.log.RunLog;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.report.model.OutputFolder;
import org.cytobeam.pipelines.report.page.ReportPage;
import org.cytobeam.transforms.outcome.DamagedManifestException;
import org.cytobeam.transforms.outcome.DoneIndex;
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
 * <p>Order of calls: {@link #claim}, {@link #execute}, {@link #close}.
 */
public final class JobRun implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

  private final Invocation invocation;
  private final RunSettings run;
  private final double maxFailedShare;
  private final RunRecord record;
  private @Nullable FolderClaim claimed;

  /**
   * Creates a run that has not begun.
   *
   * @param inputs the addresses of what it reads, for its record
   * @param maxFailedShare the share of the items that may fail before the exit code says so
   */
  public JobRun(
      Invocation invocation, RunSettings run, List<String> inputs, double maxFailedShare) {
    this.invocation = invocation;
    this.run = run;
    this.maxFailedShare = maxFailedShare;
    this.record = new RunRecord(invocation, run, inputs);
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
    if (claimed == null) {
      throw new IllegalStateException("the output folder has not been claimed");
    }
    Destination destination = claimed.destination();
    destination.removeTemporaries("");
    return executeLocked(options, graph, destination);
  }

  /** Lets go of the output folder, if it was claimed. */
  @Override
  public void close() throws IOException {
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

  private ExitCode executeLocked(
      PipelineOptions options, Consumer<Pipeline> graph, Destination destination)
      throws IOException {
    RunLog log = RunLog.attachTemporary();
    try {
      return executeLogged(options, graph, destination);
    } finally {
      log.close();
      keep(log, destination);
    }
  }

  private ExitCode executeLogged(
      PipelineOptions options, Consumer<Pipeline> graph, Destination destination)
      throws IOException {
    LOG.info("Run {} of {} into {}", run.run(), invocation.command(), destination.root());
    record.start(destination);
    try {
      Pipeline pipeline = Pipeline.create(options);
      graph.accept(pipeline);
      PipelineEnd end = new RunningPipeline(pipeline.run(), invocation.interrupt()).await();
      return tell(end, destination);
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("The run failed", e);
      boolean isStopped = invocation.interrupt().isRequested();
      recordBadEnd(destination, isStopped ? ExitCode.INTERRUPTED : ExitCode.FAILED);
      throw e;
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

  private ExitCode tell(PipelineEnd end, Destination destination) throws IOException {
    if (end instanceof PipelineEnd.Failed failed) {
      invocation.console().message("The run failed: " + FailureText.of(failed.cause()));
      invocation.console().message("What is done stays done: the same command goes on from there.");
      recordBadEnd(destination, ExitCode.FAILED);
      return ExitCode.FAILED;
    } else if (end instanceof PipelineEnd.Interrupted) {
      recordBadEnd(destination, ExitCode.INTERRUPTED);
      return ExitCode.INTERRUPTED;
    }
    RunSummary summary = summary(destination);
    boolean tolerable = summary.failed() <= maxFailedShare * summary.getItems();
    ExitCode code = tolerable ? ExitCode.DONE : ExitCode.INCOMPLETE;
    lines(summary, destination).forEach(invocation.console()::result);
    record.end(destination, code, summary);
    report(destination);
    return code;
  }

  /** The page is no reason to fail: it can be made again. */
  private void report(Destination destination) {
    try {
      String page = ReportPage.write(OutputFolder.of(destination), run.run(), destination);
      invocation.console().result("Report:   " + page);
    } catch (IOException | RuntimeException e) {
      LOG.warn("The report could not be made", e);
      invocation.console().message("The report could not be made: " + FailureText.of(e));
    }
  }

  private RunSummary summary(Destination destination) throws IOException {
    try (InputStream in = destination.open(RunFolder.ofRun(run.run(), RunSummary.FILE))) {
      return RunSummary.fromJson(in);
    } catch (NoSuchFileException e) {
      throw new IOException("the pipeline ended without a summary of its run", e);
    }
  }

  private static List<String> lines(RunSummary summary, Destination destination) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d items: %d done, %d already done, %d failed",
            summary.getItems(),
            summary.getDone(),
            summary.getAlreadyDone(),
            summary.failed()));
    lines.add(
        String.format(
            Locale.ROOT,
            "%.1f MB fetched, %.1f MB written",
            summary.getBytesFetched() / 1e6,
            summary.getBytesWritten() / 1e6));
    for (Map.Entry<String, Long> failed : summary.getFailedByClass().entrySet()) {
      lines.add("  failed, " + failed.getKey() + ": " + failed.getValue());
    }
    for (Map.Entry<String, Long> warning : summary.getWarningsByKind().entrySet()) {
      lines.add("  warning, " + warning.getKey() + ": " + warning.getValue());
    }
    lines.add("Output:   " + destination.root());
    lines.add("Manifest: " + destination.address(RunFolder.MANIFEST));
    if (summary.failed() > 0) {
      lines.add("Failures: " + destination.address(RunFolder.FAILURES));
    }
    return lines;
  }

  /** The log is no reason to fail: where it can't be kept, the temporary one is left and named. */
  private void keep(RunLog log, Destination destination) {
    try {
      destination.put(
          RunFolder.ofRun(run.run(), "logs/run.log"), out -> Files.copy(log.file(), out));
      Files.delete(log.file());
    } catch (IOException e) {
      invocation.console().message("The log could not be kept; it is in " + log.file());
    }
  }
}
