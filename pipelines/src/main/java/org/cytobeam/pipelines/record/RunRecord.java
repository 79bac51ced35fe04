package org.cytobeam.pipelines.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.transforms.outcome.RunSummary;

/**
 * What is known of a run: its {@code run.json}, completed by its {@code summary.json} where the
 * process that started it did not see its end.
 *
 * @param run the run
 * @param json all that {@code run.json} says; an empty object if there is none
 * @param summary what it came to; empty if it was killed, failed, or goes on
 */
public record RunRecord(RunId run, JsonNode json, Optional<RunSummary> summary) {

  /** The name of the file in the record of a run. */
  public static final String FILE = "run.json";

  /** The version of the form of the file: names are only added without another one. */
  public static final int SCHEMA = 1;

  /** Returns the command, such as {@code plate}; empty if unknown. */
  public String command() {
    return json.path("command").asText();
  }

  /** Returns when the run started, to the second at least. */
  public Instant started() {
    return time(json.path("started")).orElseGet(run::start);
  }

  /** Returns when it ended; empty if nobody saw that. */
  public Optional<Instant> ended() {
    return time(json.path("ended"))
        .or(
            () ->
                summary
                    .map(RunSummary::getEndedAt)
                    .filter(millis -> millis > 0)
                    .map(Instant::ofEpochMilli));
  }

  /** Returns what the command told the shell; empty if it did not come so far. */
  public OptionalInt exitCode() {
    JsonNode code = json.path("exit_code");
    return code.isInt() ? OptionalInt.of(code.intValue()) : OptionalInt.empty();
  }

  private static Optional<Instant> time(JsonNode text) {
    try {
      return text.isTextual() ? Optional.of(Instant.parse(text.textValue())) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
