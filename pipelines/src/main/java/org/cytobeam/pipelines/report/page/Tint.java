package org.cytobeam.pipelines.report.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cytobeam.pipelines.report.model.ContactSheet.Picture;
import org.cytobeam.pipelines.report.model.ContactSheet.Site;

/** The false colours of the stains of Cell Painting, as its papers show them. */
public enum Tint {
  /** Nuclei. */
  DNA("blue", 0.16, 0.36, 1.0),
  /** Endoplasmic reticulum. */
  ER("green", 0.05, 0.72, 0.30),
  /** Nucleoli and cytoplasmic RNA. */
  RNA("yellow", 0.55, 0.50, 0.0),
  /** Actin, Golgi, plasma membrane. */
  AGP("orange", 0.85, 0.42, 0.05),
  /** Mitochondria. */
  MITO("red", 0.85, 0.05, 0.22);

  private final String colour;
  private final double red;
  private final double green;
  private final double blue;

  Tint(String colour, double red, double green, double blue) {
    this.colour = colour;
    this.red = red;
    this.green = green;
    this.blue = blue;
  }

  /** Returns the tint of a channel; empty for one that is no stain of these. */
  public static Optional<Tint> of(String channel) {
    for (Tint tint : values()) {
      if (tint.name().equals(channel.toUpperCase(Locale.ROOT))) {
        return Optional.of(tint);
      }
    }
    return Optional.empty();
  }

  /** Returns the pictures of a site that a picture in colours is laid together from. */
  public static List<Picture> merged(Site site) {
    List<Picture> stains =
        site.images().stream()
            .filter(picture -> picture.png().isPresent() && of(picture.channel()).isPresent())
            .toList();
    return stains.size() > 1 ? stains : List.of();
  }

  /** Returns what the picture in colours shows: {@code DNA blue, ER green}. */
  public static String legend(List<Picture> merged) {
    return merged.stream()
        .map(picture -> picture.channel() + " " + of(picture.channel()).orElseThrow().colour)
        .collect(Collectors.joining(", "));
  }

  /** Returns the name of its filter in the page. */
  public String filter() {
    return "tint-" + name().toLowerCase(Locale.ROOT);
  }

  /** Returns the matrix of its filter: from grey to the colour. */
  public String matrix() {
    return String.format(
        Locale.ROOT, "%.2f 0 0 0 0 %.2f 0 0 0 0 %.2f 0 0 0 0 0 0 0 1 0", red, green, blue);
  }

  /** Returns the colour as style sheets write it, at its brightest. */
  public String css() {
    double most = Math.max(red, Math.max(green, blue));
    return String.format(
        Locale.ROOT,
        "rgb(%.0f %.0f %.0f)",
        255 * red / most,
        255 * green / most,
        255 * blue / most);
  }
}
