package org.cytobeam.pipelines.report.model;

import java.util.ArrayList;
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

  /** Those of the plates that have a map: few, however many plates there are. */
  private final List<PlateGathering> mapped = new ArrayList<>();

  private @Nullable PlateName current;

  void add(PlateName name, ManifestRow row) {
    if (!name.equals(current)) {
      boundMaps();
      current = name;
    }
    plates.computeIfAbsent(name, this::begin).add(row);
  }

  private PlateGathering begin(PlateName name) {
    PlateGathering plate = new PlateGathering(name);
    mapped.add(plate);
    return plate;
  }

  private void boundMaps() {
    mapped.sort(LEAST_INTERESTING);
    long cells = mapped.stream().mapToLong(PlateGathering::cells).sum();
    int dropped = 0;
    while (mapped.size() - dropped > 1
        && (mapped.size() - dropped > MOST_MAPS || cells > MOST_CELLS)) {
      PlateGathering least = mapped.get(dropped++);
      cells -= least.cells();
      least.dropMap();
    }
    mapped.subList(0, dropped).clear();
  }

  Plates plates() {
    boundMaps();
    return new Plates(
        plates.values().stream().filter(PlateGathering::isMapped).map(PlateGathering::map).toList(),
        plates.values().stream().map(PlateGathering::totals).limit(MOST_TOTALS).toList(),
        plates.size());
  }
}
