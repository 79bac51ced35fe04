package org.cytobeam.pipelines.report.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cytobeam.pipelines.report.model.ChannelMap.WellWindow;
import org.cytobeam.transforms.image.Measures;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.plate.PlateKeys;
import org.jspecify.annotations.Nullable;

/** Gathers a plate from its rows. Holds numbers a well and channel, and drops them when told to. */
final class PlateGathering {

  /** More than any plate has: names are data, and may be anything. */
  private static final int MOST_WELLS = 2_048;

  private static final int MOST_CHANNELS = 16;

  /** More sites a well than anyone images; the medians are those of the first. */
  private static final int MOST_IMAGES_A_MEDIAN = 64;

  private final PlateName name;
  private long done;
  private long failed;
  private long notDrawn;
  private boolean mapped = true;
  private final Map<String, WellGathering> wells = new TreeMap<>();
  private final Set<String> channels = new TreeSet<>();

  PlateGathering(PlateName name) {
    this.name = name;
  }

  PlateName name() {
    return name;
  }

  long failed() {
    return failed;
  }

  boolean isMapped() {
    return mapped;
  }

  /** Returns how many things there are to draw. */
  long cells() {
    return mapped ? wells.size() * (1L + channels.size()) : 0;
  }

  PlateTotals totals() {
    return new PlateTotals(name, done, failed);
  }

  void add(ManifestRow row) {
    if (row.done()) {
      done++;
    } else {
      failed++;
    }
    if (mapped) {
      addToWell(row);
    }
  }

  private void addToWell(ManifestRow row) {
    String wellName = row.getItem().getKeys().getOrDefault(PlateKeys.WELL, "");
    if (wells.size() >= MOST_WELLS && !wells.containsKey(wellName)) {
      notDrawn++;
      return;
    }
    WellGathering well = wells.computeIfAbsent(wellName, key -> new WellGathering());
    well.count(row.getFailure());
    Map<String, Double> measures = row.getFacts().getMeasures();
    Double low = measures.get(Measures.WINDOW_LOW);
    Double high = measures.get(Measures.WINDOW_HIGH);
    if (!row.done() || low == null || high == null) {
      return;
    }
    String channel = row.getItem().getKeys().getOrDefault(PlateKeys.CHANNEL, "");
    if (channels.size() < MOST_CHANNELS || channels.contains(channel)) {
      channels.add(channel);
      well.window(channel, low, high);
    } else {
      notDrawn++;
    }
  }

  /** Keeps the totals only. */
  void dropMap() {
    mapped = false;
    wells.clear();
    channels.clear();
  }

  PlateMap map() {
    Map<String, WellPosition> parsed = new TreeMap<>();
    wells
        .keySet()
        .forEach(well -> WellPosition.parse(well).ifPresent(place -> parsed.put(well, place)));
    parsed.values().removeIf(place -> !PlateFormat.WELLS_1536.has(place));
    Optional<PlateFormat> format =
        parsed.isEmpty() ? Optional.empty() : PlateFormat.smallestWith(parsed.values());
    Set<WellPosition> taken = new HashSet<>();
    parsed.values().removeIf(place -> !taken.add(place));
    List<Well> placed = new ArrayList<>();
    List<Well> elsewhere = new ArrayList<>();
    wells.forEach(
        (well, gathered) -> {
          Optional<WellPosition> place = Optional.ofNullable(parsed.get(well));
          (place.isPresent() ? placed : elsewhere).add(gathered.toWell(well, place));
        });
    placed.sort((a, b) -> a.position().orElseThrow().compareTo(b.position().orElseThrow()));
    return new PlateMap(name, format, placed, elsewhere, channelMaps(placed), notDrawn);
  }

  private List<ChannelMap> channelMaps(List<Well> placed) {
    List<ChannelMap> maps = new ArrayList<>();
    for (String channel : channels) {
      List<WellWindow> windows = new ArrayList<>();
      for (Well well : placed) {
        WellGathering gathered = wells.get(well.name());
        if (gathered != null) {
          gathered
              .window(channel, well.name(), well.position().orElseThrow())
              .ifPresent(windows::add);
        }
      }
      if (!windows.isEmpty()) {
        maps.add(new ChannelMap(channel, windows));
      }
    }
    return maps;
  }

  private static final class WellGathering {
    private long done;
    private final Map<String, Long> failedByClass = new TreeMap<>();
    private final Map<String, Values> lows = new HashMap<>();
    private final Map<String, Values> highs = new HashMap<>();

    void count(@Nullable Failure failure) {
      if (failure == null) {
        done++;
      } else {
        failedByClass.merge(failure.getFailureClass().label(), 1L, Long::sum);
      }
    }

    void window(String channel, double low, double high) {
      lows.computeIfAbsent(channel, key -> new Values()).add(low);
      highs.computeIfAbsent(channel, key -> new Values()).add(high);
    }

    Optional<WellWindow> window(String channel, String well, WellPosition place) {
      Values low = lows.get(channel);
      Values high = highs.get(channel);
      return low == null || high == null
          ? Optional.empty()
          : Optional.of(new WellWindow(well, place, low.median(), high.median()));
    }

    Well toWell(String name, Optional<WellPosition> position) {
      return new Well(name, position, done, failedByClass);
    }
  }

  /** The first values that come, up to a bound. */
  private static final class Values {
    private float[] values = new float[4];
    private int count;

    void add(double value) {
      if (count < MOST_IMAGES_A_MEDIAN) {
        values = count == values.length ? Arrays.copyOf(values, 2 * count) : values;
        values[count++] = (float) value;
      }
    }

    double median() {
      float[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      return (sorted[(count - 1) / 2] + (double) sorted[count / 2]) / 2;
    }
  }
}
