package org.cytobeam.bench.plate;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A plate of any size, named as the Cell Painting Gallery names its own: 384 wells of nine sites;
 * where more are wanted, further plates of the same batch.
 *
 * @param sites the number of sites, at least 1
 * @param channels the channels of each
 */
public record SyntheticPlate(int sites, List<String> channels) {

  /** The bucket of all objects; it is known to be public, so that no credentials are needed. */
  public static final String BUCKET = "cellpainting-gallery";

  private static final String SOURCE = "source_0";
  private static final String BATCH = "2026_01_Bench";
  private static final String FOLDER = "cpg0000-bench/" + SOURCE + "/images/" + BATCH + "/images/";
  private static final int WELL_COLUMNS = 24;
  private static final int WELLS = 16 * WELL_COLUMNS;
  private static final int SITES_PER_WELL = 9;

  /** Creates a plate. */
  public SyntheticPlate {
    if (sites < 1 || channels.isEmpty()) {
      throw new IllegalArgumentException(sites + " sites of " + channels.size() + " channels");
    }
    channels = List.copyOf(channels);
  }

  /** Returns the smallest plate of whole sites that has that many images. */
  public static SyntheticPlate ofImages(int images, List<String> channels) {
    return new SyntheticPlate((images + channels.size() - 1) / channels.size(), channels);
  }

  /** Returns the number of images. */
  public int images() {
    return sites * channels.size();
  }

  /** Returns the keys of all objects in the order of the table, each with its channel's index. */
  public Map<String, Integer> keys() {
    Map<String, Integer> keys = new LinkedHashMap<>();
    for (int site = 0; site < sites; site++) {
      for (int channel = 0; channel < channels.size(); channel++) {
        keys.put(key(site, channel), channel);
      }
    }
    return keys;
  }

  /** Writes a load_data table with a row a site and the column {@code URL_Orig} of each channel. */
  public void writeTable(Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("Metadata_Source,Metadata_Batch,Metadata_Plate,Metadata_Well,Metadata_Site");
      for (String channel : channels) {
        out.write(",URL_Orig" + channel);
      }
      out.write('\n');
      for (int site = 0; site < sites; site++) {
        out.write(String.join(",", SOURCE, BATCH, plate(site), well(site), field(site)));
        for (int channel = 0; channel < channels.size(); channel++) {
          out.write(",s3://" + BUCKET + "/" + key(site, channel));
        }
        out.write('\n');
      }
    }
  }

  private String key(int site, int channel) {
    int well = site / SITES_PER_WELL % WELLS;
    return FOLDER
        + plate(site)
        + "/Images/"
        + text(
            "r%02dc%02df0%sp01-ch%dsk1fk1fl1.tiff",
            well / WELL_COLUMNS + 1, well % WELL_COLUMNS + 1, field(site), channel + 1);
  }

  private static String plate(int site) {
    return text("BENCH%04d", site / (WELLS * SITES_PER_WELL) + 1);
  }

  private static String well(int site) {
    int well = site / SITES_PER_WELL % WELLS;
    return text("%c%02d", 'A' + well / WELL_COLUMNS, well % WELL_COLUMNS + 1);
  }

  private static String field(int site) {
    return String.valueOf(site % SITES_PER_WELL + 1);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
