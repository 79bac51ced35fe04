package org.cytobeam.pipelines.report.page;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.cytobeam.pipelines.report.model.PlateMap;
import org.cytobeam.pipelines.report.model.Well;
import org.cytobeam.pipelines.text.Quantity;

/** What the page says of wells. */
public final class WellWords {

  /** How many wells a list names. */
  public static final int MOST_LISTED = 60;

  /** The styles of wells with failures. */
  public static final List<String> FAILED_STYLES = List.of("w1", "w2", "w3", "w4");

  private static final int SHADES = FAILED_STYLES.size();

  private WellWords() {}

  /** Returns the style of a well by the share of its images that failed: w0 for none, to w4. */
  public static String style(Well well) {
    return "w" + (int) Math.ceil(well.failedShare() * SHADES);
  }

  /** Returns the wells of a style. */
  public static List<Well> ofStyle(List<Well> wells, String style) {
    return wells.stream().filter(well -> style(well).equals(style)).toList();
  }

  /** Returns the wells that a list names: those with the most failures first. */
  public static List<Well> worst(List<Well> wells) {
    return wells.stream()
        .sorted(Comparator.comparingLong(Well::failed).reversed())
        .limit(MOST_LISTED)
        .toList();
  }

  /** Returns what became of a well's images: {@code B02: 45 images, 3 failed (3 missing)}. */
  public static String tip(Well well) {
    String images = well.name() + ": " + Quantity.of(well.images(), "image");
    return well.failed() == 0 ? images + ", all done" : images + ", " + failures(well);
  }

  /** Returns how many images of a well failed, and why. */
  public static String failures(Well well) {
    return Quantity.whole(well.failed())
        + " failed ("
        + well.failedByClass().entrySet().stream()
            .map(failed -> Quantity.whole(failed.getValue()) + " " + failed.getKey())
            .collect(Collectors.joining(", "))
        + ")";
  }

  /** Returns a plate in a sentence. */
  public static String summary(PlateMap plate) {
    long sound = plate.wells().size() - plate.failing().size();
    String format =
        plate.format().map(f -> Quantity.whole(f.wells()) + " wells: ").orElse("No map: ");
    return format
        + Quantity.whole(sound)
        + " without failures, "
        + Quantity.whole(plate.failing().size())
        + " with, "
        + Quantity.whole(plate.missing())
        + " without images";
  }
}
