package org.cytobeam.bench.images;

import java.util.List;

/**
 * Encoded images, one a channel. Every site of a plate that is made of them has these same bytes.
 *
 * @param channels their names, in the order of {@code files}
 * @param files whole TIFF files; shared, never changed
 */
public record ImageSet(List<String> channels, List<byte[]> files) {

  /** Creates a set. */
  public ImageSet {
    if (channels.isEmpty() || channels.size() != files.size()) {
      throw new IllegalArgumentException(
          channels.size() + " channels and " + files.size() + " files");
    }
    channels = List.copyOf(channels);
    files = List.copyOf(files);
  }
}
