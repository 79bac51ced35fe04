package org.cytobeam.pipelines.progress;

import java.util.ArrayList;
import java.util.List;
import org.cytobeam.pipelines.text.Quantity;

/** One line that says how far a run is: as a bar of a given width, or as a sentence of a log. */
final class ProgressText {

  private static final int WIDEST_BAR = 40;
  private static final int NARROWEST_BAR = 8;
  private static final String DONE = "█";
  private static final String OPEN = "░";
  private static final double PERCENT = 100;

  private ProgressText() {}

  /**
   * Returns a bar and what fits beside it: items, bytes, rates, the time left, retries, failures,
   * the latest item. What is least missed goes first where the line is narrow.
   *
   * @param width the most characters of the line
   */
  static String bar(Progress progress, RecentRate rate, int width) {
    List<String> parts = new ArrayList<>(parts(progress, rate, "~"));
    int free = width - length(parts) - NARROWEST_BAR;
    for (int part = parts.size() - 1; free < 0 && part > 0; part--) {
      free += parts.get(part).length() + 2;
      parts.remove(part);
    }
    int cells = Math.max(0, Math.min(WIDEST_BAR, NARROWEST_BAR + free));
    String line = bar(progress, cells) + "  " + String.join("  ", parts);
    return line.substring(0, Math.min(line.length(), Math.max(0, width)));
  }

  /** Returns a line for people who read it later, or a script. */
  static String sentence(Progress progress, RecentRate rate) {
    return String.join(", ", parts(progress, rate, "about "));
  }

  /** The order is that of the line; {@link #bar} drops from the end. */
  private static List<String> parts(Progress progress, RecentRate rate, String about) {
    List<String> parts = new ArrayList<>();
    parts.add(items(progress));
    if (progress.failed() > 0) {
      parts.add(Quantity.whole(progress.failed()) + " failed");
    }
    if (progress.isComplete()) {
      parts.add("writing the tables");
    } else if (progress.isUntouched()) {
      parts.add("starting");
    } else {
      parts.addAll(pace(progress, rate, about));
    }
    if (progress.retries() > 0) {
      parts.add(
          Quantity.whole(progress.retries()) + (progress.retries() == 1 ? " retry" : " retries"));
    }
    if (!progress.latest().isEmpty() && !progress.isComplete()) {
      parts.add(progress.latest().replaceAll("\\p{Cntrl}", "?"));
    }
    return parts;
  }

  private static List<String> pace(Progress progress, RecentRate rate, String about) {
    List<String> parts = new ArrayList<>();
    rate.left().ifPresent(left -> parts.add(Quantity.time(left) + " left"));
    if (rate.items() > 0) {
      parts.add(Quantity.rate(rate.items()) + "/s");
    }
    if (progress.bytesFetched() > 0) {
      parts.add(Quantity.bytes(progress.bytesFetched()) + of(progress, about));
    }
    if (rate.bytes() > 0) {
      parts.add(Quantity.bytes(rate.bytes()) + "/s");
    }
    return parts;
  }

  private static String items(Progress progress) {
    if (progress.total() == 0) {
      return Quantity.whole(progress.ended()) + " items";
    }
    long percent = (long) Math.floor(PERCENT * progress.ended() / progress.total());
    return Quantity.whole(progress.ended())
        + " of "
        + Quantity.whole(progress.total())
        + " ("
        + percent
        + " %)";
  }

  private static String of(Progress progress, String about) {
    long estimate = progress.estimatedBytes();
    return estimate == 0 ? "" : " of " + about + Quantity.bytes(estimate);
  }

  private static String bar(Progress progress, int cells) {
    int filled = progress.total() == 0 ? 0 : (int) (progress.ended() * cells / progress.total());
    return DONE.repeat(filled) + OPEN.repeat(cells - filled);
  }

  private static int length(List<String> parts) {
    return parts.stream().mapToInt(part -> part.length() + 2).sum();
  }
}
