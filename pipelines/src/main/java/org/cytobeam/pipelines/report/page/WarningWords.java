package org.cytobeam.pipelines.report.page;

import java.util.stream.Collectors;
import org.cytobeam.pipelines.report.model.WarningGroup;
import org.cytobeam.pipelines.text.Quantity;

/** What a kind of warning means. */
public final class WarningWords {

  private WarningWords() {}

  /** Returns a sentence, or nothing for a kind that is not known here. */
  public static String meaning(String kind) {
    return switch (kind) {
      case "constant" -> "All samples of the crop are equal: an empty image.";
      case "duplicate_channel" ->
          "Two channels of a site have equal pixels: one is probably a copy of the other.";
      case "different_sizes" -> "The channels of a site differ in width or height.";
      case "empty_file" -> "The object has no bytes, and so the file has none.";
      case "mixed_options" -> "The images of a plate were not all made with the same options.";
      default -> "";
    };
  }

  /** Returns a group as a text that can be sent to the owners of the data. */
  public static String plainText(WarningGroup group) {
    String shown =
        group.rows().size() < group.count()
            ? " (the first " + group.rows().size() + " follow)"
            : "";
    return group.kind()
        + ": "
        + Quantity.whole(group.count())
        + shown
        + "\n"
        + meaning(group.kind())
        + "\n\n"
        + group.rows().stream()
            .map(row -> oneLine(row.getSubject()) + "\n    " + oneLine(row.getMessage()) + "\n")
            .collect(Collectors.joining());
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }
}
