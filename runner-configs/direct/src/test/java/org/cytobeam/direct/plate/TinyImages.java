package org.cytobeam.direct.plate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;

/** Sound TIFFs of a few pixels, for tests that are not about pixels. */
final class TinyImages {

  /** Columns of each image. */
  static final int WIDTH = 12;

  /** Rows of each image. */
  static final int HEIGHT = 10;

  private TinyImages() {}

  /** Returns the bytes of one; another number gives another picture. */
  static byte[] bytes(int number) {
    return TiffBuilder.uint16(Pictures.noise(WIDTH, HEIGHT, 4095, number)).build();
  }

  /** Writes {@code 0.tif}, {@code 1.tif} … and so on into a folder, and returns the folder. */
  static Path write(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      Files.write(folder.resolve(i + ".tif"), bytes(i));
    }
    return folder;
  }
}
