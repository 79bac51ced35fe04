package org.cytobeam.transforms.image;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cytobeam.io.bytes.Hash;
import org.cytobeam.io.pixels.BoxMean;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.io.png.PngEncoder;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.RunFolder;

/**
 * Which images get a thumbnail, and where it is put. Images go by groups, the channels of a site
 * say: a group has all of its thumbnails or none.
 *
 * <p>A group is chosen by a hash of its keys alone, so that every worker, every attempt and every
 * run choose the same, and nobody has to count. A thumbnail is named by the pixels that it was made
 * from, so that it is never that of another version of the image.
 *
 * @param keys the keys of an item whose values name its group
 * @param highestHash groups up to this {@link #hash} are chosen
 */
public record Thumbnails(List<String> keys, long highestHash) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The longest side of a thumbnail in pixels. */
  public static final int LONGEST_SIDE = 96;

  private static final int DIGITS_OF_NAME = 32;
  private static final Thumbnails NONE = new Thumbnails(List.of(), -1);

  /** Copies the list. */
  public Thumbnails {
    keys = List.copyOf(keys);
  }

  /** Returns the choice of no image at all. */
  public static Thumbnails none() {
    return NONE;
  }

  /** Returns a number from 0 on that follows from the values of a group's keys by chance alone. */
  public static long hash(List<String> values) {
    String all = values.stream().map(v -> v.length() + ":" + v).collect(Collectors.joining());
    return ByteBuffer.wrap(Hash.SHA256.of(all)).getLong() >>> 1;
  }

  /** Returns the path of a thumbnail in the output folder, by the hash of its image's pixels. */
  public static String path(String pixelsSha256) {
    int digits = Math.min(DIGITS_OF_NAME, pixelsSha256.length());
    return RunFolder.THUMBNAILS + "/" + pixelsSha256.substring(0, digits) + ".png";
  }

  /** Returns whether an item gets a thumbnail; one that lacks a key gets none. */
  boolean include(Item item) {
    Map<String, String> known = item.getKeys();
    return highestHash >= 0
        && known.keySet().containsAll(keys)
        && hash(keys.stream().map(item::key).toList()) <= highestHash;
  }

  /** Returns the thumbnail of an 8-bit image as a PNG. */
  static byte[] png(Raster image) {
    return PngEncoder.encode(BoxMean.shrink(image, LONGEST_SIDE));
  }
}
