package org.cytobeam.pipelines.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.pipelines.cli.BuildInfo;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.transforms.outcome.RunFolder;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.outcome.RunSummary;
import org.jspecify.annotations.Nullable;

/**
 * {@code run.json}: what ran, with which options and versions, on what, and what came of it.
 * Written when a run starts and again when it ends; options whose names speak of secrets never get
 * here.
 */
final class RunRecord {

  private static final String FILE = "run.json";

  private final Invocation invocation;
  private final RunSettings run;
  private final List<String> inputs;
  private final Instant started = Instant.now();

  RunRecord(Invocation invocation, RunSettings run, List<String> inputs) {
    this.invocation = invocation;
    this.run = run;
    this.inputs = inputs;
  }

  /** Writes down that the run has started. */
  void start(Destination destination) throws IOException {
    write(destination, null, null);
  }

  /** Writes down how the run ended; there is no summary if it did not get so far. */
  void end(Destination destination, ExitCode code, @Nullable RunSummary summary)
      throws IOException {
    write(destination, code, summary);
  }

  private void write(Destination destination, @Nullable ExitCode code, @Nullable RunSummary summary)
      throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    json.put("run", run.run().value());
    json.put("command", invocation.command());
    new TreeMap<>(invocation.given()).forEach(json.putObject("options")::put);
    inputs.forEach(json.putArray("inputs")::add);
    json.put("output", destination.root());
    json.put("options_hash", run.optionsHash());
    json.put("runner", invocation.runner());
    BuildInfo build = BuildInfo.read();
    json.put("version", build.version());
    json.put("beam", build.beam());
    json.put("java", Runtime.version().toString());
    json.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    json.put("started", started.toString());
    if (code != null) {
      json.put("ended", Instant.now().toString());
      json.put("exit_code", code.number());
    }
    if (summary != null) {
      json.set("summary", summary.toJson());
    }
    destination.put(
        RunFolder.ofRun(run.run(), FILE),
        mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
  }
}
