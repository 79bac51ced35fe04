package org.cytobeam.pipelines.report.model;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.cytobeam.transforms.plate.PlateKeys;

/** What identifies a plate. Sorted by source, batch, plate. */
public record PlateName(String source, String batch, String plate)
    implements Comparable<PlateName> {

  private static final Comparator<PlateName> ORDER =
      Comparator.comparing(PlateName::source)
          .thenComparing(PlateName::batch)
          .thenComparing(PlateName::plate);

  /** Returns the plate that the keys of an item name; empty if it is no plate's. */
  static Optional<PlateName> of(Map<String, String> keys) {
    return keys.containsKey(PlateKeys.WELL) && keys.containsKey(PlateKeys.PLATE)
        ? Optional.of(
            new PlateName(
                keys.getOrDefault(PlateKeys.SOURCE, ""),
                keys.getOrDefault(PlateKeys.BATCH, ""),
                keys.getOrDefault(PlateKeys.PLATE, "")))
        : Optional.empty();
  }

  @Override
  public int compareTo(PlateName other) {
    return ORDER.compare(this, other);
  }
}
