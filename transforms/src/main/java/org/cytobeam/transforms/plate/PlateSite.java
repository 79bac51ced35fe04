package org.cytobeam.transforms.plate;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cytobeam.transforms.outcome.ManifestRow;

/**
 * What identifies a site. Sites are sorted by the five keys in this order, numbers of sites as
 * numbers and before other texts.
 */
record PlateSite(String source, String batch, String plate, String well, String site)
    implements Comparable<PlateSite> {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private static final Comparator<PlateSite> ORDER =
      Comparator.comparing(PlateSite::source)
          .thenComparing(PlateSite::batch)
          .thenComparing(PlateSite::plate)
          .thenComparing(PlateSite::well)
          .thenComparingLong(PlateSite::number)
          .thenComparing(PlateSite::site);

  /** Returns the site of an image; empty if the row is not that of a plate's image. */
  static Optional<PlateSite> of(ManifestRow row) {
    Map<String, String> keys = row.getItem().getKeys();
    boolean image =
        keys.containsKey(PlateKeys.CHANNEL) && keys.keySet().containsAll(PlateKeys.OF_SITE);
    return image
        ? Optional.of(
            new PlateSite(
                row.getItem().key(PlateKeys.SOURCE),
                row.getItem().key(PlateKeys.BATCH),
                row.getItem().key(PlateKeys.PLATE),
                row.getItem().key(PlateKeys.WELL),
                row.getItem().key(PlateKeys.SITE)))
        : Optional.empty();
  }

  /** Returns the values in the order of {@link PlateKeys#OF_SITE}. */
  Stream<String> values() {
    return Stream.of(source, batch, plate, well, site);
  }

  private long number() {
    return NUMBER.matcher(site).matches() ? Long.parseLong(site) : Long.MAX_VALUE;
  }

  @Override
  public int compareTo(PlateSite other) {
    return ORDER.compare(this, other);
  }
}
