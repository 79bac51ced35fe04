package org.cytobeam.pipelines.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cytobeam.transforms.s3.SourceLengths.Length;

/**
 * How many bytes some sources have together, as far as a sample tells.
 *
 * @param sources how many there are
 * @param asked how many of them were asked for their lengths
 * @param bytes the bytes of all; those that can't be had count as many as they do in the sample: 0
 * @param refused why some of the sample can't be had: class to count
 */
public record Estimate(long sources, int asked, long bytes, Map<String, Long> refused) {

  /** Copies the map. */
  public Estimate {
    refused = Collections.unmodifiableMap(new TreeMap<>(refused));
  }

  /** Returns what the lengths of a sample say of all sources. */
  static Estimate of(long sources, List<Length> sample) {
    long bytes = 0;
    Map<String, Long> refused = new TreeMap<>();
    for (Length length : sample) {
      bytes += length.bytes();
      if (length.failure() != null) {
        refused.merge(length.failure().label(), 1L, Long::sum);
      }
    }
    long all = sample.isEmpty() ? 0 : Math.round((double) bytes / sample.size() * sources);
    return new Estimate(sources, sample.size(), all, refused);
  }

  /** Returns whether every source was asked, so that nothing is guessed. */
  public boolean isExact() {
    return asked == sources;
  }
}
