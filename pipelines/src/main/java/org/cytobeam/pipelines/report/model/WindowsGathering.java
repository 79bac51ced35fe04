package org.cytobeam.pipelines.report.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cytobeam.transforms.image.Measures;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.plate.PlateKeys;

/** Gathers the scaling windows of a folder's images, by channel. */
final class WindowsGathering {

  private static final int MOST_CHANNELS = 16;

  private final Map<String, Ends> byChannel = new TreeMap<>();

  private static final class Ends {
    final SampleCounts low = new SampleCounts();
    final SampleCounts high = new SampleCounts();
  }

  void add(ManifestRow row) {
    String channel = row.getItem().getKeys().get(PlateKeys.CHANNEL);
    Double low = row.getFacts().getMeasures().get(Measures.WINDOW_LOW);
    Double high = row.getFacts().getMeasures().get(Measures.WINDOW_HIGH);
    if (!row.done() || channel == null || low == null || high == null) {
      return;
    }
    if (byChannel.size() < MOST_CHANNELS || byChannel.containsKey(channel)) {
      Ends ends = byChannel.computeIfAbsent(channel, key -> new Ends());
      ends.low.add(low);
      ends.high.add(high);
    }
  }

  List<WindowHistogram> histograms() {
    return byChannel.entrySet().stream()
        .map(channel -> histogram(channel.getKey(), channel.getValue()))
        .toList();
  }

  private static WindowHistogram histogram(String channel, Ends ends) {
    return new WindowHistogram(
        channel,
        ends.low.total(),
        ends.low.bins(),
        ends.high.bins(),
        ends.low.median(),
        ends.high.median());
  }
}
