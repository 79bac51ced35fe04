package org.cytobeam.pipelines.report.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each whole sample value of 16 bits was seen. */
final class SampleCounts {

  /** Bins are as wide as eyes see brightness: by ratio. */
  static final int BINS_PER_OCTAVE = 4;

  /** From 1 to 65,536. */
  static final int OCTAVES = 16;

  private static final int LARGEST = (1 << OCTAVES) - 1;

  private final TreeMap<Integer, Long> counts = new TreeMap<>();
  private long total;

  /** Counts a value, rounded; what is out of range counts as the nearest that is in it. */
  void add(double value) {
    int rounded = (int) Math.max(0, Math.min(LARGEST, Math.round(value)));
    counts.merge(rounded, 1L, Long::sum);
    total++;
  }

  long total() {
    return total;
  }

  /** Returns the lower median. */
  long median() {
    long below = 0;
    for (Map.Entry<Integer, Long> count : counts.entrySet()) {
      below += count.getValue();
      if (2 * below >= total) {
        return count.getKey();
      }
    }
    return 0;
  }

  /** Returns the counts by bin; 0 falls into the first. */
  List<Long> bins() {
    Long[] bins = new Long[OCTAVES * BINS_PER_OCTAVE];
    Arrays.fill(bins, 0L);
    counts.forEach((value, count) -> bins[bin(value)] += count);
    return List.of(bins);
  }

  private static int bin(int value) {
    if (value <= 1) {
      return 0;
    }
    double octaves = Math.log(value) / Math.log(2);
    return Math.min(OCTAVES * BINS_PER_OCTAVE - 1, (int) (octaves * BINS_PER_OCTAVE + 1e-9));
  }
}
