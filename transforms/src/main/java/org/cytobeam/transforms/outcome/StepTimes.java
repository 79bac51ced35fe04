package org.cytobeam.transforms.outcome;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The times of each step of a run, in milliseconds. Holds 8 bytes a step and item, a small part of
 * what the rows take that they come from, and so gives exact percentiles.
 */
final class StepTimes {

  private static final class Values {
    private double[] values = new double[64];
    private int size;

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    Distribution distribution() {
      return Distribution.of(Arrays.copyOf(values, size));
    }
  }

  private final SortedMap<String, Values> byStep = new TreeMap<>();

  /** Adds what each step took for one item. */
  void add(Map<String, Double> millis) {
    millis.forEach((step, value) -> byStep.computeIfAbsent(step, s -> new Values()).add(value));
  }

  /** Returns the distribution of each step's times, by the name of the step. */
  Map<String, Distribution> distributions() {
    SortedMap<String, Distribution> distributions = new TreeMap<>();
    byStep.forEach((step, values) -> distributions.put(step, values.distribution()));
    return distributions;
  }
}
