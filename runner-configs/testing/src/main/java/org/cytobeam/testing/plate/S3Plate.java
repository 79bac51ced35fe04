package org.cytobeam.testing.plate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.s3.S3TestServer;

/** A small plate on an S3 server: its images, its table, and the pixels that must come of them. */
public final class S3Plate {

  public static final List<String> CHANNELS = List.of("DNA", "AGP", "ER", "Mito", "RNA");

  private static final int WIDTH = 26;
  private static final int HEIGHT = 19;
  private static final String SOURCE = "source_4";
  private static final String BATCH = "2021_08_23_Batch12";
  private static final String PLATE = "BR00126114";

  /** Where the images of a plate lie, as its table says it. */
  public enum Layout {
    /** {@code PathName_Orig} and {@code FileName_Orig}. */
    PATH_AND_FILE,
    /** {@code URL_Orig}. */
    URL
  }

  private record Site(String well, int site, Map<String, String> files) {

    String file(String channel) {
      return files.getOrDefault(channel, "");
    }
  }

  private final S3TestServer server;
  private final String bucket;
  private final String folder;
  private final List<Site> sites = new ArrayList<>();
  private final SortedMap<String, String> pixels = new TreeMap<>();

  /** Makes a plate without sites, whose images will lie in a folder of a bucket. */
  public S3Plate(S3TestServer server, String bucket, String folder) {
    this.server = server;
    this.bucket = bucket;
    this.folder = folder;
  }

  /** Makes a plate of the public gallery with some sites of one well. */
  public static S3Plate inGallery(S3TestServer server, int sites) {
    S3Plate plate =
        new S3Plate(server, "cellpainting-gallery", "images/plate-Measurement 1/Images");
    for (int site = 1; site <= sites; site++) {
      plate.site("A01", site);
    }
    return plate;
  }

  /** Puts the five images of a site and adds its row. */
  public S3Plate site(String well, int site) {
    Map<String, String> files = new LinkedHashMap<>();
    for (String channel : CHANNELS) {
      files.put(channel, well + "-f" + site + "-" + channel + ".tiff");
    }
    return site(well, site, files);
  }

  /** Puts the images of a site under the given names by channel, and adds its row. */
  public S3Plate site(String well, int site, Map<String, String> files) {
    sites.add(new Site(well, site, files));
    files.forEach(
        (channel, file) -> {
          int[][] rows = Pictures.noise(WIDTH, HEIGHT, 4095, (well + site + channel).hashCode());
          server.put(bucket, folder + "/" + file, TiffBuilder.uint16(rows).build());
          pixels.put(png(well, site, channel), Pixels.sha256Of(NumpyRule.apply(rows, 768, 768, 1)));
        });
    return this;
  }

  public String bucket() {
    return bucket;
  }

  /** Returns the key of an image of a site made by {@link #site(String, int)}. */
  public String key(String well, int site, String channel) {
    return folder + "/" + well + "-f" + site + "-" + channel + ".tiff";
  }

  /** Returns the bytes of an image. */
  public byte[] image(String well, int site, String channel) {
    return server.get(bucket, key(well, site, channel)).orElseThrow();
  }

  /** Returns the keys of all images, sorted. */
  public List<String> keys() {
    return sites.stream()
        .flatMap(site -> site.files().values().stream().map(file -> folder + "/" + file))
        .sorted()
        .toList();
  }

  /** Returns the path of an output, relative to the output folder. */
  public static String png(String well, int site, String channel) {
    return String.join("/", SOURCE, BATCH, PLATE, "")
        + String.join("__", SOURCE, PLATE, well, Integer.toString(site), channel)
        + ".png";
  }

  /** Returns the SHA-256 of the pixels of every output, by its path. */
  public SortedMap<String, String> pixels() {
    return new TreeMap<>(pixels);
  }

  /** Returns the table whose paths begin with {@code s3://bucket/}. */
  public byte[] table(Layout layout) {
    return table(layout, "s3://" + bucket + "/" + folder);
  }

  /** Returns the table whose paths are the given one. */
  public byte[] table(Layout layout, String path) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            Stream.concat(
                Stream.of("Source", "Batch", "Plate", "Well", "Site").map(k -> "Metadata_" + k),
                CHANNELS.stream().flatMap(c -> columns(layout, c)))));
    for (Site site : sites) {
      lines.add(
          line(
              Stream.concat(
                  Stream.of(SOURCE, BATCH, PLATE, site.well(), Integer.toString(site.site())),
                  CHANNELS.stream().flatMap(c -> cells(layout, path, site.file(c))))));
    }
    return (String.join("\n", lines) + "\n").getBytes(UTF_8);
  }

  private static Stream<String> columns(Layout layout, String channel) {
    return layout == Layout.URL
        ? Stream.of("URL_Orig" + channel)
        : Stream.of("FileName_Orig" + channel, "PathName_Orig" + channel);
  }

  private static Stream<String> cells(Layout layout, String path, String file) {
    return layout == Layout.URL ? Stream.of(path + "/" + file) : Stream.of(file, path + "/");
  }

  private static String line(Stream<String> cells) {
    return cells.map(cell -> '"' + cell + '"').collect(Collectors.joining(","));
  }
}
