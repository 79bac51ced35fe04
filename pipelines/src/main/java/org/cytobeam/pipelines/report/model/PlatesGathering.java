package org.cytobeam.pipelines.report.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the plates of a folder. Where they are many, those with the fewest failures lose their
 * maps, of equals the later ones by name.
 *
 * <p>The rows of a plate are neighbours in a manifest, so that a plate which loses its map is
 * complete, but for images whose names could not be made.
 */
final class PlatesGathering {

  /** About 90 bytes each on the page. */
  private static final long MOST_CELLS = 24_000;

  private static final int MOST_MAPS = 24;
  private static final int MOST_TOTALS = 1_000;

  private static final Comparator<PlateGathering> LEAST_INTERESTING =
      Comparator.comparingLong(PlateGathering::failed)
          .thenComparing(PlateGathering::name, Comparator.reverseOrder());

  private final Map<PlateName, PlateGathering> plates = new TreeMap<>();
  private @Nullable PlateName current;

  void add(PlateName name, ManifestRow row) {
    if (!name.equals(current)) {
      boundMaps();
      current = name;
    }
    plates.computeIfAbsent(name, PlateGathering::new).add(row);
  }

  private void boundMaps() {
    List<PlateGathering> mapped =
        plates.values().stream()
            .filter(PlateGathering::isMapped)
            .sorted(LEAST_INTERESTING)
            .toList();
    long cells = mapped.stream().mapToLong(PlateGathering::cells).sum();
    for (int i = 0; i < mapped.size() - 1; i++) {
      if (mapped.size() - i <= MOST_MAPS && cells <= MOST_CELLS) {
        return;
      }
      cells -= mapped.get(i).cells();
      mapped.get(i).dropMap();
    }
  }

  Plates plates() {
    boundMaps();
    return new Plates(
        plates.values().stream().filter(PlateGathering::isMapped).map(PlateGathering::map).toList(),
        plates.values().stream().map(PlateGathering::totals).limit(MOST_TOTALS).toList(),
        plates.size());
  }
}
