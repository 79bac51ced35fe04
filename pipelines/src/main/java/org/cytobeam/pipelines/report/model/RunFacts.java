package org.cytobeam.pipelines.report.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.cytobeam.io.destination.RunId;

/**
 * What ran, as its record says. What the record lacks is empty.
 *
 * @param command the command's name
 * @param output the output folder as the run named it
 * @param started when it began
 * @param ended when it ended; empty while it runs, and for good if it was killed
 * @param exitCode how it ended
 * @param software names and versions of what ran
 * @param options those that were given
 * @param inputs the addresses of what it read
 * @param hasLog whether its log is there
 */
public record RunFacts(
    RunId run,
    String command,
    String output,
    Optional<Instant> started,
    Optional<Instant> ended,
    OptionalInt exitCode,
    Map<String, String> software,
    Map<String, String> options,
    List<String> inputs,
    boolean hasLog) {

  private static final List<String> SOFTWARE = List.of("version", "beam", "runner", "java", "os");

  static RunFacts of(RunId run, JsonNode record, boolean hasLog) {
    Map<String, String> software = new TreeMap<>();
    for (String name : SOFTWARE) {
      if (record.path(name).isValueNode()) {
        software.put(name.equals("version") ? "cytobeam" : name, record.path(name).asText());
      }
    }
    Map<String, String> options = new TreeMap<>();
    record
        .path("options")
        .fields()
        .forEachRemaining(option -> options.put(option.getKey(), option.getValue().asText()));
    List<String> inputs = new ArrayList<>();
    record.path("inputs").forEach(input -> inputs.add(input.asText()));
    Optional<Instant> ended = time(record.path("ended"));
    return new RunFacts(
        run,
        record.path("command").asText(),
        record.path("output").asText(),
        time(record.path("started")),
        ended,
        record.path("exit_code").isInt()
            ? OptionalInt.of(record.path("exit_code").asInt())
            : OptionalInt.empty(),
        software,
        options,
        inputs,
        // The log of a run that has ended is the last that is put, after this page.
        hasLog || ended.isPresent());
  }

  private static Optional<Instant> time(JsonNode text) {
    try {
      return text.isTextual() ? Optional.of(Instant.parse(text.asText())) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Returns how long it took; empty unless both ends are known and in their order. */
  public Optional<Duration> took() {
    return started
        .flatMap(start -> ended.map(end -> Duration.between(start, end)))
        .filter(time -> !time.isNegative());
  }
}
