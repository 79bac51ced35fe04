package org.cytobeam.pipelines.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;
import org.cytobeam.transforms.s3.SourceLengths;

/**
 * A few of many sources, the same ones each time for the same sources, whatever their order: those
 * whose hashes are lowest. If there are only a few, all of them.
 */
public final class LengthSample {

  /** Enough for a mean within some per cent, as images of a plate go; asked for at once. */
  public static final int SIZE = 20;

  private record Ranked(UUID rank, String uri) {}

  private final PriorityQueue<Ranked> lowest =
      new PriorityQueue<>(Comparator.comparing(Ranked::rank).reversed());
  private long offered;

  /** Adds a source. */
  public void offer(String uri) {
    offered++;
    lowest.add(new Ranked(UUID.nameUUIDFromBytes(uri.getBytes(StandardCharsets.UTF_8)), uri));
    if (lowest.size() > SIZE) {
      lowest.remove();
    }
  }

  /** Asks for the lengths of the sample, and returns what they say of all sources. */
  public Estimate estimate(SourceLengths lengths) throws IOException {
    return Estimate.of(offered, lengths.of(uris()));
  }

  /** Returns the sample, sorted. */
  List<String> uris() {
    List<String> uris = new ArrayList<>();
    lowest.forEach(ranked -> uris.add(ranked.uri()));
    uris.sort(Comparator.naturalOrder());
    return uris;
  }
}
