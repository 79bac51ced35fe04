package org.cytobeam.pipelines.report;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.cli.Command;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.cli.Results;
import org.cytobeam.pipelines.folder.GivenFolder;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.report.model.OutputFolder;
import org.cytobeam.pipelines.report.page.ReportPage;
import org.jspecify.annotations.Nullable;

/**
 * {@code report}: makes the page about a run again, also for runs that were killed or that nobody
 * waited for. It reads the output folder alone.
 */
public final class ReportCommand implements Command<ReportOptions> {

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String summary() {
    return "Make the page about a run of a job again, from its output folder alone.";
  }

  @Override
  public List<String> examples() {
    return List.of("report out", "report s3://my-bucket/plates --run 20261122T093000Z-1a2b3c4d");
  }

  @Override
  public Class<ReportOptions> options() {
    return ReportOptions.class;
  }

  @Override
  public List<Mistake> check(ReportOptions options) {
    List<Mistake> mistakes = new ArrayList<>(GivenFolder.check(options));
    @Nullable String run = options.getRun();
    if (run != null && !RunId.isRunId(run)) {
      mistakes.add(
          Mistake.in("run", "is no name of a run", "give one such as 20261122T093000Z-1a2b3c4d"));
    }
    return mistakes;
  }

  @Override
  public ExitCode run(ReportOptions options, Invocation invocation)
      throws IOException, MistakesException {
    invocation.interrupt().means(ExitCode.INTERRUPTED, "Interrupted before the page was made.");
    return GivenFolder.open(
        options, invocation, folder -> report(folder, options.getRun(), invocation.results()));
  }

  private static ExitCode report(Destination destination, @Nullable String wanted, Results results)
      throws IOException, MistakesException {
    OutputFolder folder = OutputFolder.of(destination);
    RunId run = run(folder.runs(), wanted, destination);
    String page = ReportPage.write(folder, run, destination);
    results.put("report", TextNode.valueOf(page), List.of("Report:   " + page));
    return ExitCode.DONE;
  }

  private static RunId run(List<RunId> runs, @Nullable String wanted, Destination destination)
      throws MistakesException {
    if (runs.isEmpty()) {
      throw GivenFolder.refusal(destination.root() + " has no record of any run");
    }
    if (wanted == null) {
      return runs.get(0);
    }
    RunId run = new RunId(wanted);
    if (!runs.contains(run)) {
      throw new MistakesException(
          List.of(
              Mistake.in(
                  "run",
                  destination.root() + " has no record of " + wanted,
                  "leave it out for the latest, " + runs.get(0))));
    }
    return run;
  }
}
