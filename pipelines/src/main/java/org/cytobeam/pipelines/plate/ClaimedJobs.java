package org.cytobeam.pipelines.plate;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.Interrupt;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.record.InputFile;
import org.cytobeam.pipelines.run.Claims;
import org.cytobeam.pipelines.run.JobRun;

/**
 * The jobs of one command, one an output folder. All folders are claimed before the first starts.
 */
final class ClaimedJobs implements Closeable {

  private record Claimed(PlateJob job, JobRun run) {}

  private final Interrupt interrupt;
  private final boolean asJson;
  private final List<Claimed> all = new ArrayList<>();
  private final Claims claims = new Claims();

  private ClaimedJobs(Interrupt interrupt, boolean asJson) {
    this.interrupt = interrupt;
    this.asJson = asJson;
  }

  /**
   * Claims the output folders of all jobs.
   *
   * @param inputs the tables, for the record of each run
   * @throws MistakesException if any can't be claimed, naming all of those; none is claimed then
   */
  static ClaimedJobs claim(
      List<PlateJob> jobs, List<InputFile> inputs, Invocation invocation, PlateOptions options)
      throws IOException, MistakesException {
    ClaimedJobs claimed = new ClaimedJobs(invocation.interrupt(), options.getJson());
    try {
      claimed.claimAll(jobs, inputs, invocation, options);
      return claimed;
    } catch (IOException | MistakesException | RuntimeException | Error e) {
      try (claimed) {
        throw e;
      }
    }
  }

  private void claimAll(
      List<PlateJob> jobs, List<InputFile> inputs, Invocation invocation, PlateOptions options)
      throws IOException, MistakesException {
    for (PlateJob job : jobs) {
      JobRun run =
          new JobRun(
              invocation,
              job.run(),
              inputs,
              job.settled(),
              options.getMaxFailedShare(),
              job.images());
      all.add(new Claimed(job, run));
      claims.claim(run);
    }
    claimTables(jobs, invocation);
    claims.refuseIfAnyIsTaken();
  }

  /** Claims the folder of the final tables too, if it lies outside of the output folders. */
  private void claimTables(List<PlateJob> jobs, Invocation invocation) throws IOException {
    if (jobs.isEmpty()) {
      return;
    }
    DestinationSettings folder = jobs.get(0).finalTables().tables();
    String root = Destinations.canonical(folder.root()) + "/";
    boolean claimedAlready =
        jobs.stream()
            .map(job -> Destinations.canonical(job.run().destination().root()) + "/")
            .anyMatch(root::startsWith);
    if (!claimedAlready) {
      claims.take(folder, "loadDataOutDir", invocation);
    }
  }

  /** Runs one job after another until one fails or is stopped; returns the exit code of all. */
  ExitCode execute(PlateOptions options) throws IOException {
    ExitCode soFar = ExitCode.DONE;
    for (Claimed claimed : all) {
      ExitCode before = soFar;
      ExitCode code;
      try (JobRun run = claimed.run()) {
        code =
            run.execute(
                options,
                pipeline -> PlatePipeline.build(pipeline, claimed.job()),
                ended -> onEnd(claimed, before, ended));
      }
      if (code == ExitCode.FAILED || code == ExitCode.INTERRUPTED) {
        return code;
      }
      soFar = ofAll(soFar, code);
    }
    return soFar;
  }

  /**
   * A report that is not made changes nothing about the last run. But scripts that want its JSON
   * get none, and must not take that for a run that was told.
   */
  private void onEnd(Claimed claimed, ExitCode before, ExitCode code) {
    boolean isLast = claimed == all.get(all.size() - 1);
    if (isLast && (code == ExitCode.DONE || code == ExitCode.INCOMPLETE)) {
      interrupt.means(
          asJson ? ExitCode.INTERRUPTED : ofAll(before, code),
          "Interrupted. The run has ended, but for its report: ./cytobeam report "
              + claimed.job().run().destination().root()
              + " makes it.");
    }
  }

  /** Returns the code of several runs that all came to their ends: done only if each of them is. */
  private static ExitCode ofAll(ExitCode before, ExitCode next) {
    return next == ExitCode.DONE ? before : next;
  }

  /** Lets go of all folders. */
  @Override
  public void close() throws IOException {
    claims.close();
  }
}
