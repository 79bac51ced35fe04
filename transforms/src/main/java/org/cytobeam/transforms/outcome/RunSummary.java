package org.cytobeam.transforms.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;

/**
 * What a run came to, counted from its rows and never from metrics.
 *
 * <p>The form of its JSON is stable: names are added, none is renamed or removed without another
 * {@link #SCHEMA}.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class RunSummary {

  /** The name of the file in the record of a run. */
  public static final String FILE = "summary.json";

  /** The version of the form of {@link #toJson}. */
  public static final int SCHEMA = 1;

  /** Returns the id of the run. */
  public abstract String getRun();

  /** Returns when its tables were written, in milliseconds since 1970 UTC, 0 if unknown. */
  public abstract long getEndedAt();

  /** Returns how many items the run was about. */
  public abstract long getItems();

  /** Returns how many of them it wrote. */
  public abstract long getDone();

  /** Returns how many it found written and proven. */
  public abstract long getAlreadyDone();

  /** Returns how many failed, by class. */
  public abstract Map<String, Long> getFailedByClass();

  /** Returns how many warnings there are on items of the run, by kind. */
  public abstract Map<String, Long> getWarningsByKind();

  /** Returns the bytes fetched for what was written. */
  public abstract long getBytesFetched();

  /** Returns the bytes written. */
  public abstract long getBytesWritten();

  /** Returns the bytes of the files that were found written and proven. */
  public abstract long getBytesAlreadyDone();

  /** Returns the bytes fetched for items that failed all the same, by class. */
  public abstract Map<String, Long> getBytesFailedByClass();

  /** Returns how long each step took for an item of this run, in milliseconds, by its name. */
  public abstract Map<String, Distribution> getSteps();

  /** Returns how many failed. */
  public final long failed() {
    return getFailedByClass().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns a builder that starts with this summary. */
  public abstract Builder toBuilder();

  /** Returns a builder whose counts are 0. */
  public static Builder builder() {
    return new AutoValue_RunSummary.Builder()
        .setEndedAt(0)
        .setItems(0)
        .setDone(0)
        .setAlreadyDone(0)
        .setFailedByClass(Map.of())
        .setWarningsByKind(Map.of())
        .setBytesFetched(0)
        .setBytesWritten(0)
        .setBytesAlreadyDone(0)
        .setBytesFailedByClass(Map.of())
        .setSteps(Map.of());
  }

  /** Gathers counts. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** Sets the run. */
    public abstract Builder setRun(String run);

    /** Sets when the tables were written. */
    public abstract Builder setEndedAt(long millis);

    /** Sets the number of items. */
    public abstract Builder setItems(long items);

    /** Sets the number written. */
    public abstract Builder setDone(long done);

    /** Sets the number found written. */
    public abstract Builder setAlreadyDone(long alreadyDone);

    /** Sets the numbers of failures. */
    public abstract Builder setFailedByClass(Map<String, Long> failed);

    /** Sets the numbers of warnings. */
    public abstract Builder setWarningsByKind(Map<String, Long> warnings);

    /** Sets the bytes fetched. */
    public abstract Builder setBytesFetched(long bytes);

    /** Sets the bytes written. */
    public abstract Builder setBytesWritten(long bytes);

    /** Sets the bytes found written. */
    public abstract Builder setBytesAlreadyDone(long bytes);

    /** Sets the bytes fetched for what failed. */
    public abstract Builder setBytesFailedByClass(Map<String, Long> bytes);

    /** Sets how long the steps took. */
    public abstract Builder setSteps(Map<String, Distribution> steps);

    abstract Map<String, Long> getFailedByClass();

    abstract Map<String, Long> getWarningsByKind();

    abstract Map<String, Long> getBytesFailedByClass();

    abstract Map<String, Distribution> getSteps();

    abstract RunSummary autoBuild();

    /** Returns the summary, with copies of the maps. */
    public RunSummary build() {
      setFailedByClass(sorted(getFailedByClass()));
      setWarningsByKind(sorted(getWarningsByKind()));
      setBytesFailedByClass(sorted(getBytesFailedByClass()));
      setSteps(sorted(getSteps()));
      return autoBuild();
    }

    private static <V> Map<String, V> sorted(Map<String, V> map) {
      return Collections.unmodifiableMap(new TreeMap<>(map));
    }
  }

  /** Returns the summary as JSON, names in a fixed order. */
  public final ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("schema", SCHEMA);
    json.put("run", getRun());
    if (getEndedAt() != 0) {
      json.put("ended", Instant.ofEpochMilli(getEndedAt()).toString());
    }
    json.put("items", getItems());
    json.put("done", getDone());
    json.put("already_done", getAlreadyDone());
    json.put("failed", failed());
    getFailedByClass().forEach(json.putObject("failed_by_class")::put);
    getWarningsByKind().forEach(json.putObject("warnings_by_kind")::put);
    json.put("bytes_fetched", getBytesFetched());
    json.put("bytes_written", getBytesWritten());
    json.put("bytes_already_done", getBytesAlreadyDone());
    getBytesFailedByClass().forEach(json.putObject("bytes_failed_by_class")::put);
    ObjectNode steps = json.putObject("steps");
    getSteps().forEach((step, times) -> steps.set(step, times.toJson("_ms")));
    return json;
  }

  /** Reads what {@link #toJson} made; unknown names are ignored, missing ones are 0. */
  public static RunSummary fromJson(JsonNode json) {
    return builder()
        .setRun(json.path("run").asText())
        .setEndedAt(
            json.has("ended") ? Instant.parse(json.path("ended").asText()).toEpochMilli() : 0)
        .setItems(json.path("items").asLong())
        .setDone(json.path("done").asLong())
        .setAlreadyDone(json.path("already_done").asLong())
        .setFailedByClass(map(json.path("failed_by_class"), JsonNode::asLong))
        .setWarningsByKind(map(json.path("warnings_by_kind"), JsonNode::asLong))
        .setBytesFetched(json.path("bytes_fetched").asLong())
        .setBytesWritten(json.path("bytes_written").asLong())
        .setBytesAlreadyDone(json.path("bytes_already_done").asLong())
        .setBytesFailedByClass(map(json.path("bytes_failed_by_class"), JsonNode::asLong))
        .setSteps(map(json.path("steps"), times -> Distribution.fromJson(times, "_ms")))
        .build();
  }

  /** Returns the indented text of {@link #toJson}: the bytes of {@link #FILE}. */
  public final byte[] toBytes() throws IOException {
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(toJson());
  }

  /**
   * Reads what {@link #toBytes} made.
   *
   * @throws IOException if it is no JSON, or what it says of times is none
   */
  public static RunSummary read(InputStream in) throws IOException {
    try {
      return fromJson(new ObjectMapper().readTree(in));
    } catch (DateTimeException e) {
      throw new IOException("the summary of a run says no time: " + e.getMessage(), e);
    }
  }

  private static <V> Map<String, V> map(JsonNode json, Function<JsonNode, V> value) {
    Map<String, V> map = new TreeMap<>();
    json.fields().forEachRemaining(field -> map.put(field.getKey(), value.apply(field.getValue())));
    return map;
  }
}
