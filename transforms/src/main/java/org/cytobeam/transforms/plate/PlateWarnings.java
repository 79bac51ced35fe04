package org.cytobeam.transforms.plate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cytobeam.transforms.image.Measures;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.outcome.Warning;

/** What users of a plate's images should know, though each image by itself is sound. */
final class PlateWarnings {

  /** All samples of a crop are equal. */
  static final String CONSTANT = "constant";

  /** Two channels of a site have equal pixels: one of them is probably a copy of the other. */
  static final String DUPLICATE_CHANNEL = "duplicate_channel";

  /** The channels of a site have not all the same width and height. */
  static final String DIFFERENT_SIZES = "different_sizes";

  /** The images of a plate were not all made with the same options. */
  static final String MIXED_OPTIONS = "mixed_options";

  private PlateWarnings() {}

  /** Returns the warnings on done images, sorted by site; rows of other kinds are passed over. */
  static List<Warning> of(Collection<ManifestRow> rows) {
    SortedMap<PlateSite, List<ManifestRow>> bySite = new TreeMap<>();
    for (ManifestRow row : rows) {
      Optional<PlateSite> site = PlateSite.of(row);
      if (row.done() && site.isPresent()) {
        bySite.computeIfAbsent(site.get(), s -> new ArrayList<>()).add(row);
      }
    }
    List<Warning> warnings = new ArrayList<>();
    bySite.values().forEach(images -> warnings.addAll(ofSite(images)));
    warnings.addAll(ofOptions(bySite.values()));
    return warnings;
  }

  private static List<Warning> ofOptions(Collection<List<ManifestRow>> sites) {
    SortedMap<String, Set<String>> byPlate = new TreeMap<>();
    for (List<ManifestRow> images : sites) {
      for (ManifestRow image : images) {
        String id = image.getItem().getId();
        byPlate
            .computeIfAbsent(id.substring(0, id.lastIndexOf('/') + 1), plate -> new TreeSet<>())
            .add(image.getOptionsHash());
      }
    }
    List<Warning> warnings = new ArrayList<>();
    byPlate.forEach(
        (plate, options) -> {
          if (options.size() > 1) {
            warnings.add(
                Warning.of(
                    MIXED_OPTIONS,
                    plate,
                    "its images were made with " + options.size() + " different sets of options"));
          }
        });
    return warnings;
  }

  /** Returns what the ids of a site's images have in common: the id without the channel. */
  private static String subject(ManifestRow image) {
    String id = image.getItem().getId();
    String end = "__" + image.getItem().key(PlateKeys.CHANNEL) + ".png";
    return id.endsWith(end) ? id.substring(0, id.length() - end.length()) : id;
  }

  private static List<Warning> ofSite(List<ManifestRow> images) {
    String site = subject(images.get(0));
    List<Warning> warnings = new ArrayList<>();
    SortedMap<String, List<String>> channelsByPixels = new TreeMap<>();
    TreeSet<String> sizes = new TreeSet<>();
    for (ManifestRow image : images) {
      Map<String, Double> measures = image.getFacts().getMeasures();
      String channel = image.getItem().key(PlateKeys.CHANNEL);
      String pixels = image.getFacts().getPixelsSha256();
      sizes.add(
          number(measures, Measures.IMAGE_WIDTH) + "x" + number(measures, Measures.IMAGE_HEIGHT));
      if (isConstant(measures)) {
        warnings.add(
            Warning.of(
                CONSTANT,
                image.getItem().getId(),
                "every sample of the crop is " + number(measures, Measures.SAMPLE_MIN)));
      } else if (pixels != null) {
        channelsByPixels.computeIfAbsent(pixels, p -> new ArrayList<>()).add(channel);
      }
    }
    for (List<String> channels : channelsByPixels.values()) {
      if (channels.size() > 1) {
        warnings.add(
            Warning.of(
                DUPLICATE_CHANNEL,
                site,
                "equal pixels in " + String.join(", ", new TreeSet<>(channels))));
      }
    }
    if (sizes.size() > 1) {
      warnings.add(
          Warning.of(DIFFERENT_SIZES, site, "channels are " + String.join(" and ", sizes)));
    }
    return warnings;
  }

  private static boolean isConstant(Map<String, Double> measures) {
    Double min = measures.get(Measures.SAMPLE_MIN);
    return min != null && min.equals(measures.get(Measures.SAMPLE_MAX));
  }

  private static long number(Map<String, Double> measures, String name) {
    return measures.getOrDefault(name, 0.0).longValue();
  }
}
