package org.cytobeam.pipelines.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.FailureText;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.record.RunRecord;
import org.cytobeam.pipelines.report.model.OutputFolder;
import org.cytobeam.pipelines.report.page.ReportPage;
import org.cytobeam.pipelines.text.Quantity;
import org.cytobeam.transforms.outcome.RunFolder;
import org.cytobeam.transforms.outcome.RunSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what came of a run, to people and in JSON, and makes the page about it. */
final class RunTeller {

  private static final Logger LOG = LoggerFactory.getLogger(RunTeller.class);

  /** The name of the array of runs in the JSON that a command prints. */
  private static final String RUNS = "runs";

  private final Invocation invocation;
  private final RunId run;
  private final Destination destination;

  RunTeller(Invocation invocation, RunId run, Destination destination) {
    this.invocation = invocation;
    this.run = run;
    this.destination = destination;
  }

  /** Tells how the run ended; an error and an interruption people have been told already. */
  void tell(RunEnd end) {
    ObjectNode result = result(end.code());
    List<String> lines = new ArrayList<>();
    RunSummary summary = end.summary();
    if (end.error() != null) {
      result.put("error", end.error());
    }
    if (end.isDetached()) {
      result.put("goes_on", true);
      lines.add("Run " + run + " goes on without this process. When it has ended,");
      lines.add("  ./cytobeam report " + destination.root());
      lines.add("tells what came of it.");
    }
    if (summary != null) {
      lines(summary).forEach(invocation.results()::line);
      if (summary.failed() > 0) {
        result.put("failures", destination.address(RunFolder.FAILURES));
      }
      report()
          .ifPresent(
              page -> {
                result.put("report", page);
                lines.add("Report:   " + page);
              });
      result.set("summary", summary.toJson());
    }
    invocation.results().append(RUNS, result, lines);
  }

  private ObjectNode result(ExitCode code) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("run", run.value())
        .put("exit_code", code.number())
        .put("output", destination.root())
        .put("manifest", destination.address(RunFolder.MANIFEST))
        .put("record", destination.address(RunFolder.ofRun(run, RunRecord.FILE)));
  }

  /** Makes the page, and returns its address. It is no reason to fail: it can be made again. */
  private Optional<String> report() {
    invocation.console().status("Making the report");
    try {
      return Optional.of(ReportPage.write(OutputFolder.of(destination), run, destination));
    } catch (IOException | RuntimeException e) {
      LOG.warn("The report could not be made", e);
      invocation.console().message("The report could not be made: " + FailureText.of(e));
      return Optional.empty();
    } finally {
      invocation.console().clearStatus();
    }
  }

  private List<String> lines(RunSummary summary) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s done, %s already done, %s failed"
            .formatted(
                Quantity.of(summary.getItems(), "item"),
                Quantity.whole(summary.getDone()),
                Quantity.whole(summary.getAlreadyDone()),
                Quantity.whole(summary.failed())));
    lines.add(
        String.format(
            Locale.ROOT,
            "%,.1f MB fetched, %,.1f MB written",
            summary.getBytesFetched() / 1e6,
            summary.getBytesWritten() / 1e6));
    summary
        .getFailedByClass()
        .forEach((kind, count) -> lines.add("  failed, " + kind + ": " + Quantity.whole(count)));
    summary
        .getWarningsByKind()
        .forEach((kind, count) -> lines.add("  warning, " + kind + ": " + Quantity.whole(count)));
    lines.add("Output:   " + destination.root());
    lines.add("Manifest: " + destination.address(RunFolder.MANIFEST));
    if (summary.failed() > 0) {
      lines.add("Failures: " + destination.address(RunFolder.FAILURES));
    }
    return lines;
  }
}
