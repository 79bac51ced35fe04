package org.cytobeam.bench.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.testing.data.SharedData;

/** Where the images of a figure come from. */
public enum ImageSource {

  /**
   * Three channels of one site of the JUMP Cell Painting data: 1080 × 1080 pixels of 16 bits, LZW
   * in one strip, 2.7 MB each. They lie outside the project; see {@link SharedData}.
   */
  REAL(List.of("AGP", "RNA", "DNA")) {
    @Override
    List<byte[]> files() {
      return List.of(real("ch2"), real("ch3"), real("ch5"));
    }
  },

  /** Five channels like them in size, layout and noise, made by this project. */
  SYNTHETIC(PlateChannels.ALL) {
    @Override
    List<byte[]> files() {
      return synthetic(1080);
    }
  },

  /** Five images of 8 × 8 pixels, with which only what surrounds the real work costs anything. */
  TINY(PlateChannels.ALL) {
    @Override
    List<byte[]> files() {
      return synthetic(8);
    }
  };

  private static final String SITE = "plate/jump_BR00117006/r01c01f01p01-%ssk1fk1fl1.tiff";

  @SuppressWarnings("ImmutableEnumChecker") // the lists are
  private final List<String> channels;

  ImageSource(List<String> channels) {
    this.channels = channels;
  }

  /** Returns {@link #REAL} where its images are on this machine, else {@link #SYNTHETIC}. */
  public static ImageSource preferred() {
    return SharedData.find(SITE.formatted("ch2")).isPresent() ? REAL : SYNTHETIC;
  }

  /** Returns the names of the channels, without making or reading the images. */
  public List<String> channels() {
    return channels;
  }

  /** Reads or makes the images. */
  public ImageSet load() {
    return new ImageSet(channels, files());
  }

  abstract List<byte[]> files();

  private static List<byte[]> synthetic(int size) {
    List<byte[]> files = new ArrayList<>();
    for (int channel = 0; channel < PlateChannels.ALL.size(); channel++) {
      files.add(SyntheticImages.lzw(SyntheticImages.micrograph(size, size, channel)));
    }
    return files;
  }

  private static byte[] real(String channel) {
    String name = SITE.formatted(channel);
    Path file =
        SharedData.find(name)
            .orElseThrow(
                () -> new IllegalStateException(name + " is not on this machine: see SharedData"));
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The channels of Cell Painting, which {@code plate} takes by default. */
  private static final class PlateChannels {
    static final List<String> ALL = List.of("DNA", "AGP", "ER", "Mito", "RNA");
  }
}
