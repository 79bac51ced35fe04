package org.cytobeam.pipelines.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.pipelines.cli.BuildInfo;
import org.cytobeam.pipelines.cli.Call;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.options.OptionName;
import org.cytobeam.pipelines.options.Secrets;
import org.cytobeam.transforms.outcome.RunFolder;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.outcome.RunSummary;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code run.json}: what ran, with which options and versions, on what, and what came of it;
 * enough to do it again to the byte. It is written when a run starts and again when it ends, so
 * that a run that was killed has one without an end. No secret gets here.
 */
public final class RunRecorder {

  private static final double PER_MILLE = 1000;

  private final Call call;
  private final RunSettings run;
  private final List<InputFile> inputs;
  private final Map<String, String> settled;
  private Instant started = Instant.EPOCH;
  private long startedNanos;

  /**
   * Creates a recorder.
   *
   * @param settled the values of options that the command has settled: property to value
   */
  public RunRecorder(
      Call call, RunSettings run, List<InputFile> inputs, Map<String, String> settled) {
    this.call = call;
    this.run = run;
    this.inputs = List.copyOf(inputs);
    this.settled = Map.copyOf(settled);
  }

  /** Writes down that the run starts now. */
  public void start(Destination destination) throws IOException {
    started = Instant.now();
    startedNanos = System.nanoTime();
    write(destination, beginning(destination));
  }

  /** Writes down that the run has ended now; there is no summary if it did not get so far. */
  public void end(Destination destination, ExitCode code, @Nullable RunSummary summary)
      throws IOException {
    ObjectNode json = beginning(destination);
    double seconds = Duration.ofNanos(System.nanoTime() - startedNanos).toMillis() / 1000.0;
    json.put("ended", Instant.now().toString());
    json.put("seconds", seconds);
    json.put("exit_code", code.number());
    if (summary != null) {
      json.set("rates", rates(summary, seconds));
      json.set("summary", summary.toJson());
    }
    write(destination, json);
  }

  private void write(Destination destination, ObjectNode json) throws IOException {
    destination.put(
        RunFolder.ofRun(run.run(), RunRecord.FILE),
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
  }

  private ObjectNode beginning(Destination destination) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("schema", RunRecord.SCHEMA);
    json.put("run", run.run().value());
    json.put("command", call.command());
    json.put("command_line", "./cytobeam " + call.line());
    json.put("working_directory", System.getProperty("user.dir"));
    json.set("options_given", options(call.given()));
    Map<String, String> inForce = new TreeMap<>(call.inForce());
    inForce.putAll(settled);
    json.set("options", options(inForce));
    json.put("options_hash", run.optionsHash());
    json.set("inputs", inputs());
    json.put("output", destination.root());
    json.set("versions", versions());
    json.set("host", host());
    json.put("started", started.toString());
    return json;
  }

  private static ObjectNode options(Map<String, String> values) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Map<String, String> byName = new TreeMap<>();
    values.forEach(
        (property, value) ->
            byName.put(OptionName.shown(property).substring(2), Secrets.shown(property, value)));
    byName.forEach(json::put);
    return json;
  }

  private ArrayNode inputs() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (InputFile input : inputs) {
      ObjectNode file = json.addObject();
      file.put("address", Secrets.shown(input.address()));
      file.put("bytes", input.bytes());
      file.put("sha256", input.sha256());
      if (input.etag() != null) {
        file.put("etag", input.etag());
      }
    }
    return json;
  }

  private ObjectNode versions() {
    BuildInfo build = BuildInfo.read();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("cytobeam", build.version());
    json.put("commit", build.commit().isEmpty() ? "unknown" : build.commit());
    json.put("beam", build.beam());
    json.put("runner", call.runner());
    json.put("runner_version", call.runnerVersion());
    json.put("java", Runtime.version().toString());
    json.put("java_vendor", System.getProperty("java.vendor"));
    return json;
  }

  private static ObjectNode host() {
    Host host = Host.here();
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", host.name())
        .put("os", host.os())
        .put("arch", host.arch())
        .put("cores", host.cores())
        .put("memory_bytes", host.memoryBytes())
        .put("heap_bytes", host.heapBytes());
  }

  private static ObjectNode rates(RunSummary summary, double seconds) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("items_per_second", rate(summary.getDone(), seconds))
        .put("bytes_fetched_per_second", rate(summary.getBytesFetched(), seconds))
        .put("bytes_written_per_second", rate(summary.getBytesWritten(), seconds));
  }

  private static double rate(long count, double seconds) {
    return seconds == 0 ? 0 : Math.round(count / seconds * PER_MILLE) / PER_MILLE;
  }
}
