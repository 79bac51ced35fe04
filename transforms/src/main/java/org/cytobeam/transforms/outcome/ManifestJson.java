package org.cytobeam.transforms.outcome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ManifestRow} as one line of JSON: the form of {@code manifest.jsonl} and, with a
 * checksum, of the journal.
 *
 * <p>Names stand in a fixed order; what is unknown is left out. Unknown names are ignored when a
 * line is read, so that older versions read what newer ones wrote.
 */
public final class ManifestJson {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ManifestJson() {}

  /** Returns the line of a row, without a line break. */
  public static String line(ManifestRow row) {
    try {
      return MAPPER.writeValueAsString(toJson(row));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row that can't be written: " + row.getItem().getId(), e);
    }
  }

  private static ObjectNode toJson(ManifestRow row) {
    ObjectNode json = MAPPER.createObjectNode();
    Facts facts = row.getFacts();
    json.put("id", row.getItem().getId());
    json.put("status", row.done() ? "done" : "failed");
    Failure failure = row.getFailure();
    if (failure != null) {
      json.put("class", failure.getFailureClass().label());
      json.put("step", failure.getStep());
      json.put("message", failure.getMessage());
    }
    json.put("uri", row.getItem().getUri());
    json.put("input", row.getItem().getInput());
    new TreeMap<>(row.getItem().getKeys()).forEach(json.putObject("keys")::put);
    putIfKnown(json, "etag", facts.getEtag());
    putIfKnown(json, "integrity", facts.getIntegrity());
    json.put("source_bytes", facts.getSourceBytes());
    json.put("attempts", failure == null ? facts.getAttempts() : failure.getAttempts());
    ArrayNode files = json.putArray("files");
    for (StoredFile file : facts.getFiles()) {
      files
          .addObject()
          .put("path", file.getPath())
          .put("bytes", file.getBytes())
          .put("sha256", file.getSha256());
    }
    putIfKnown(json, "pixels_sha256", facts.getPixelsSha256());
    new TreeMap<>(facts.getMeasures()).forEach(json.putObject("measures")::put);
    new TreeMap<>(facts.getMillis()).forEach(json.putObject("millis")::put);
    json.put("options", row.getOptionsHash());
    json.put("run", row.getRun());
    json.put("at", Instant.ofEpochMilli(row.getAt()).toString());
    return json;
  }

  private static void putIfKnown(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is not the line of a row
   */
  public static ManifestRow row(String line) {
    JsonNode json;
    try {
      json = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
    Item item =
        Item.of(
            text(json, "id"),
            text(json, "uri"),
            text(json, "input"),
            map(json.path("keys"), JsonNode::asText));
    return ManifestRow.of(
        item, facts(json), failure(json), text(json, "options"), text(json, "run"), at(json));
  }

  private static Facts facts(JsonNode json) {
    List<StoredFile> files = new ArrayList<>();
    for (JsonNode file : json.path("files")) {
      files.add(
          StoredFile.of(text(file, "path"), file.path("bytes").asLong(-1), text(file, "sha256")));
    }
    return Facts.none().toBuilder()
        .setEtag(json.path("etag").asText(null))
        .setIntegrity(json.path("integrity").asText(null))
        .setSourceBytes(json.path("source_bytes").asLong())
        .setAttempts(json.path("attempts").asInt())
        .setFiles(files)
        .setPixelsSha256(json.path("pixels_sha256").asText(null))
        .setMeasures(map(json.path("measures"), JsonNode::asDouble))
        .setMillis(map(json.path("millis"), JsonNode::asDouble))
        .build();
  }

  private static @Nullable Failure failure(JsonNode json) {
    String status = text(json, "status");
    return switch (status) {
      case "done" -> null;
      case "failed" ->
          Failure.of(
              text(json, "step"),
              FailureClass.ofLabel(text(json, "class")),
              text(json, "message"),
              json.path("attempts").asInt(1));
      default -> throw new IllegalArgumentException("no status is named \"" + status + "\"");
    };
  }

  private static long at(JsonNode json) {
    try {
      return Instant.parse(text(json, "at")).toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("\"at\" is no time: " + text(json, "at"), e);
    }
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("no text named \"" + name + "\"");
    }
    return value.textValue();
  }

  private static <T> Map<String, T> map(JsonNode json, Function<JsonNode, T> value) {
    Map<String, T> map = new HashMap<>();
    json.fields().forEachRemaining(field -> map.put(field.getKey(), value.apply(field.getValue())));
    return map;
  }
}
