package org.cytobeam.pipelines.images;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.record.InputFile;
import org.cytobeam.pipelines.run.Claims;
import org.cytobeam.pipelines.run.JobRun;

/** Runs the jobs of one command, one after the other, each from its analysis to its end. */
final class ImagesRuns {

  private final ImagesOptions options;
  private final Invocation invocation;

  ImagesRuns(ImagesOptions options, Invocation invocation) {
    this.options = options;
    this.invocation = invocation;
  }

  private record Claimed(ImagesJob job, JobRun run) {}

  /**
   * Claims the folders of all jobs, then runs one after the other until one fails or is stopped,
   * and returns the exit code of all.
   *
   * <p>What must be mended for one of several keeps only that one from being run.
   *
   * @throws MistakesException if a folder can't be claimed, naming all of those, or if something
   *     must be mended for the only job
   */
  ExitCode of(List<ImagesJob> jobs) throws IOException, MistakesException {
    try (Claims claims = new Claims()) {
      List<Claimed> all = new ArrayList<>();
      for (ImagesJob job : jobs) {
        Claimed claimed = new Claimed(job, jobRun(job));
        all.add(claimed);
        claims.claim(claimed.run());
      }
      claims.refuseIfAnyIsTaken();
      return execute(all);
    }
  }

  private ExitCode execute(List<Claimed> all) throws IOException, MistakesException {
    ExitCode soFar = ExitCode.DONE;
    for (Claimed claimed : all) {
      ExitCode code = all.size() == 1 ? run(claimed) : runOneOfSeveral(claimed);
      if (code == ExitCode.FAILED || code == ExitCode.INTERRUPTED) {
        return code;
      }
      soFar = worse(soFar, code);
    }
    return soFar;
  }

  private static ExitCode worse(ExitCode before, ExitCode next) {
    return before == ExitCode.USAGE || next == ExitCode.DONE ? before : next;
  }

  private ExitCode runOneOfSeveral(Claimed claimed) throws IOException {
    invocation.results().line(String.join(", ", claimed.job().tables()) + ":");
    try {
      return run(claimed);
    } catch (MistakesException e) {
      for (Mistake mistake : e.mistakes()) {
        invocation.results().line("  " + mistake.line());
      }
      invocation.results().line("Nothing was fetched for this table.");
      return ExitCode.USAGE;
    }
  }

  private JobRun jobRun(ImagesJob job) throws IOException {
    return new JobRun(
            invocation,
            job.run(),
            InputFile.read(job.tables()),
            job.settled(),
            options.getMaxFailedShare(),
            job.names())
        .namingItems()
        .withBriefLog();
  }

  private ExitCode run(Claimed claimed) throws IOException, MistakesException {
    invocation.interrupt().means(ExitCode.INTERRUPTED, "Interrupted. Nothing was fetched.");
    ImagesJob job = claimed.job();
    try (JobRun run = claimed.run()) {
      ImagesPreparation preparation = ImagesPreparation.of(job, options, invocation);
      return run.executeAfter(
          options,
          preparation,
          pipeline -> ImagesPipeline.copy(pipeline, job, preparation.downloaded()),
          code -> {});
    }
  }
}
