package org.cytobeam.pipelines.report.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.record.RunRecord;

/**
 * What ran, as its record says. What the record lacks is empty.
 *
 * @param command the command's name
 * @param output the output folder as the run named it
 * @param started when it began, to the second at least
 * @param ended when it ended; empty while it runs, and for good if it was killed
 * @param exitCode how it ended
 * @param software names and versions of what ran
 * @param options those that were given
 * @param inputs the addresses of what it read
 * @param records the files that make up its record, relative to the page
 * @param logs the files of its log, relative to the page
 */
public record RunFacts(
    RunId run,
    String command,
    String output,
    Instant started,
    Optional<Instant> ended,
    OptionalInt exitCode,
    Map<String, String> software,
    Map<String, String> options,
    List<String> inputs,
    List<String> records,
    List<String> logs) {

  private static final List<String> SOFTWARE =
      List.of("cytobeam", "commit", "beam", "runner", "java");

  private static final int MOST_INPUTS = 20;

  static RunFacts of(RunRecord record, List<String> files, List<String> logs) {
    JsonNode json = record.json();
    Map<String, String> software = texts(json.path("versions"));
    software.keySet().retainAll(SOFTWARE);
    if (json.path("host").has("os")) {
      software.put("os", json.path("host").path("os").asText());
    }
    List<String> inputs = new ArrayList<>();
    json.path("inputs").forEach(input -> inputs.add(input.path("address").asText()));
    return new RunFacts(
        record.run(),
        record.command(),
        json.path("output").asText(),
        record.started(),
        record.ended(),
        record.exitCode(),
        software,
        texts(json.path("options_given")),
        inputs,
        files,
        logs);
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object
        .fields()
        .forEachRemaining(member -> texts.put(member.getKey(), member.getValue().asText()));
    return texts;
  }

  /** Returns those of the inputs that a page has room for. */
  public List<String> firstInputs() {
    return inputs.subList(0, Math.min(MOST_INPUTS, inputs.size()));
  }

  /** Returns how long it took; empty unless the end is known and the later one. */
  public Optional<Duration> took() {
    return ended.map(end -> Duration.between(started, end)).filter(time -> !time.isNegative());
  }
}
