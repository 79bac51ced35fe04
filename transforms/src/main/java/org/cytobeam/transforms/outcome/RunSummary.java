package org.cytobeam.transforms.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;

/** What a run came to, counted from its rows and never from metrics. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class RunSummary {

  /** The name of the file in the record of a run. */
  public static final String FILE = "summary.json";

  /** Returns the id of the run. */
  public abstract String getRun();

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

  /** Returns how many failed. */
  public final long failed() {
    return getFailedByClass().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns a builder whose counts are 0. */
  public static Builder builder() {
    return new AutoValue_RunSummary.Builder()
        .setItems(0)
        .setDone(0)
        .setAlreadyDone(0)
        .setFailedByClass(Map.of())
        .setWarningsByKind(Map.of())
        .setBytesFetched(0)
        .setBytesWritten(0);
  }

  /** Gathers counts. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** Sets the run. */
    public abstract Builder setRun(String run);

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

    abstract Map<String, Long> getFailedByClass();

    abstract Map<String, Long> getWarningsByKind();

    abstract RunSummary autoBuild();

    /** Returns the summary, with copies of the maps. */
    public RunSummary build() {
      setFailedByClass(Collections.unmodifiableMap(new TreeMap<>(getFailedByClass())));
      setWarningsByKind(Collections.unmodifiableMap(new TreeMap<>(getWarningsByKind())));
      return autoBuild();
    }
  }

  /** Returns the summary as indented JSON, names in a fixed order. */
  public final byte[] toJson() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    json.put("run", getRun());
    json.put("items", getItems());
    json.put("done", getDone());
    json.put("already_done", getAlreadyDone());
    json.put("failed", failed());
    getFailedByClass().forEach(json.putObject("failed_by_class")::put);
    getWarningsByKind().forEach(json.putObject("warnings_by_kind")::put);
    json.put("bytes_fetched", getBytesFetched());
    json.put("bytes_written", getBytesWritten());
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
  }

  /** Reads what {@link #toJson} made. */
  public static RunSummary fromJson(InputStream in) throws IOException {
    JsonNode json = new ObjectMapper().readTree(in);
    return builder()
        .setRun(json.path("run").asText())
        .setItems(json.path("items").asLong())
        .setDone(json.path("done").asLong())
        .setAlreadyDone(json.path("already_done").asLong())
        .setFailedByClass(counts(json.path("failed_by_class")))
        .setWarningsByKind(counts(json.path("warnings_by_kind")))
        .setBytesFetched(json.path("bytes_fetched").asLong())
        .setBytesWritten(json.path("bytes_written").asLong())
        .build();
  }

  private static Map<String, Long> counts(JsonNode json) {
    Map<String, Long> counts = new TreeMap<>();
    json.fields().forEachRemaining(field -> counts.put(field.getKey(), field.getValue().asLong()));
    return counts;
  }
}
