package org.cytobeam.pipelines.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.cytobeam.pipelines.text.Quantity;

/**
 * What a run into one output folder would do.
 *
 * @param output the output folder
 * @param items how many items the input names, as far as they are wanted
 * @param done how many of them are done and proven, as the run itself would look at them
 * @param unusable how many can't be used and would fail without a request
 * @param fetch what would be fetched, one request each
 * @param write about how many bytes would be written
 * @param room how many bytes there is room for; empty if that can't be told
 * @param cores how many processors this machine has for it
 */
public record RunPlan(
    String output,
    long items,
    long done,
    long unusable,
    Estimate fetch,
    long write,
    OptionalLong room,
    int cores) {

  /**
   * What one core fetches, decodes, scales and writes in a second, in bytes of the source, as
   * measured on JUMP images of 2.7 MB. A slower line takes longer.
   */
  private static final double BYTES_A_CORE_AND_SECOND = 80e6;

  private static final double MILLIS = 1000;

  /** Returns how long the run would take if nothing but this machine's processors held it up. */
  public Duration time() {
    return Duration.ofMillis((long) Math.ceil(fetch.bytes() * 1000 / bytesPerSecond()));
  }

  /** Returns whether more would be written than there is room for. */
  public boolean isTooLarge() {
    return room.isPresent() && write > room.getAsLong();
  }

  private double bytesPerSecond() {
    return BYTES_A_CORE_AND_SECOND * cores;
  }

  /** Returns the plan for people, in a few lines. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %s: %s already done, %s to fetch%s; nothing was written",
            output,
            Quantity.of(items, "item"),
            Quantity.whole(done),
            Quantity.whole(fetch.sources()),
            unusable == 0 ? "" : ", " + Quantity.whole(unusable) + " that can't be used"));
    if (fetch.sources() > 0) {
      lines.add("  Fetch: " + about() + Quantity.bytes(fetch.bytes()) + asked());
      lines.add("  Write: about " + Quantity.bytes(write) + free());
      lines.add(
          String.format(
              Locale.ROOT,
              "  Time:  about %s, if the sources send %s/s; %d cores take no more",
              Quantity.time(time().plusMillis(999)),
              Quantity.bytes(bytesPerSecond()),
              cores));
    }
    return lines;
  }

  /** Returns the plan for scripts. */
  public JsonNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("output", output);
    json.put("items", items);
    json.put("already_done", done);
    json.put("unusable", unusable);
    json.put("to_fetch", fetch.sources());
    json.put("requests", fetch.sources());
    json.put("bytes_to_fetch", fetch.bytes());
    json.put("bytes_are_estimated", !fetch.isExact());
    json.put("lengths_asked_for", fetch.asked());
    fetch.refused().forEach(json.putObject("refused_by_class")::put);
    json.put("estimated_bytes_to_write", write);
    room.ifPresent(bytes -> json.put("bytes_free", bytes));
    json.put("estimated_seconds", time().toMillis() / MILLIS);
    return json;
  }

  private String about() {
    return fetch.isExact() ? "" : "about ";
  }

  private String asked() {
    String requests = " in " + Quantity.of(fetch.sources(), "request");
    String how =
        fetch.isExact()
            ? "all lengths asked for"
            : "estimated from the lengths of " + fetch.asked();
    String refused =
        fetch.refused().entrySet().stream()
            .map(count -> ", " + count.getValue() + " " + count.getKey())
            .collect(Collectors.joining());
    return requests + " (" + how + refused + ")";
  }

  private String free() {
    if (room.isEmpty()) {
      return "";
    }
    return (isTooLarge() ? ", but only " : "; ") + Quantity.bytes(room.getAsLong()) + " free";
  }
}
