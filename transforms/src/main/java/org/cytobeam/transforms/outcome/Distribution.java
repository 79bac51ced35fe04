package org.cytobeam.transforms.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.value.AutoValue;
import java.util.Arrays;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/**
 * How some measured values are distributed.
 *
 * <p>A percentile is the nearest rank: the smallest value that at least so many percent of all
 * values do not exceed. It is always one of the values.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Distribution {

  /** Returns how many values there are; at least 1. */
  public abstract long getCount();

  /** Returns their mean. */
  public abstract double getMean();

  /** Returns the median. */
  public abstract double getP50();

  /** Returns the 90th percentile. */
  public abstract double getP90();

  /** Returns the 99th percentile. */
  public abstract double getP99();

  /** Returns the largest. */
  public abstract double getMax();

  /** Returns a distribution that is known already. */
  @SchemaCreate
  public static Distribution of(
      long count, double mean, double p50, double p90, double p99, double max) {
    return new AutoValue_Distribution(count, mean, p50, p90, p99, max);
  }

  /**
   * Returns the distribution of some values.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Distribution of(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values have no distribution");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return of(
        sorted.length,
        Arrays.stream(sorted).sum() / sorted.length,
        percentile(sorted, 50),
        percentile(sorted, 90),
        percentile(sorted, 99),
        sorted[sorted.length - 1]);
  }

  /**
   * Returns the members of a JSON object.
   *
   * @param unit the end of the names of the values: {@code _ms}
   */
  final ObjectNode toJson(String unit) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("count", getCount())
        .put("mean" + unit, getMean())
        .put("p50" + unit, getP50())
        .put("p90" + unit, getP90())
        .put("p99" + unit, getP99())
        .put("max" + unit, getMax());
  }

  /** Reads what {@link #toJson} made. */
  static Distribution fromJson(JsonNode json, String unit) {
    return of(
        json.path("count").asLong(),
        json.path("mean" + unit).asDouble(),
        json.path("p50" + unit).asDouble(),
        json.path("p90" + unit).asDouble(),
        json.path("p99" + unit).asDouble(),
        json.path("max" + unit).asDouble());
  }

  private static double percentile(double[] sorted, int percent) {
    long rank = (sorted.length * (long) percent + 99) / 100;
    return sorted[(int) rank - 1];
  }
}
