package org.cytobeam.pipelines.report.model;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.cytobeam.transforms.image.Thumbnails;

/**
 * Small pictures of a few sites.
 *
 * @param sites by name
 */
public record ContactSheet(List<Site> sites) {

  /**
   * A site with its channels side by side.
   *
   * @param plate the plate's name
   * @param images one a channel, by channel
   */
  public record Site(String plate, String well, String site, List<Picture> images) {}

  /**
   * An image of a site.
   *
   * @param item the path of the whole image in the output folder
   * @param png the thumbnail, whole; empty if there is none
   * @param failure the label of the class if the image failed
   */
  public record Picture(
      String channel, String item, Optional<Thumbnail> png, Optional<String> failure) {}

  /**
   * A PNG file.
   *
   * @param base64 the file in base 64
   */
  public record Thumbnail(int width, int height, String base64) {

    /** The signature of PNG, and the length and the name of the chunk that has to come first. */
    private static final byte[] START =
        HexFormat.of().parseHex("89504e470d0a1a0a" + "0000000d" + "49484452");

    /** Returns a file as a thumbnail; empty if it is no PNG or its sides are no thumbnail's. */
    static Optional<Thumbnail> of(byte[] file) {
      if (file.length < START.length + 2 * Integer.BYTES
          || !Arrays.equals(START, Arrays.copyOf(file, START.length))) {
        return Optional.empty();
      }
      int width = ByteBuffer.wrap(file).getInt(START.length);
      int height = ByteBuffer.wrap(file).getInt(START.length + Integer.BYTES);
      return isSide(width) && isSide(height)
          ? Optional.of(new Thumbnail(width, height, Base64.getEncoder().encodeToString(file)))
          : Optional.empty();
    }

    private static boolean isSide(int pixels) {
      return pixels >= 1 && pixels <= Thumbnails.LONGEST_SIDE;
    }
  }
}
