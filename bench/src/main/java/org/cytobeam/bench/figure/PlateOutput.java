package org.cytobeam.bench.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.cytobeam.bench.baseline.BaselineImage;
import org.cytobeam.bench.baseline.ImageIoPng;
import org.cytobeam.bench.images.ImageSet;
import org.cytobeam.bench.plate.SyntheticPlate;
import org.cytobeam.io.pixels.Raster;

/** The PNGs that a run left. */
final class PlateOutput {

  private final List<Path> pngs;

  private PlateOutput(List<Path> pngs) {
    this.pngs = pngs;
  }

  /** Looks up the PNGs in an output folder; thumbnails are none of the plate's. */
  static PlateOutput in(Path folder) throws IOException {
    Path records = folder.resolve("_cytobeam");
    try (Stream<Path> files = Files.walk(folder)) {
      return new PlateOutput(
          files
              .filter(file -> file.toString().endsWith(".png") && !file.startsWith(records))
              .toList());
    }
  }

  /**
   * Holds every PNG against the pixels that the baseline's libraries make of its source.
   *
   * @throws WrongResultException if there are too few or too many, or one has other pixels
   */
  void requireRight(SyntheticPlate plate, ImageSet images) throws IOException {
    if (pngs.size() != plate.images()) {
      throw new WrongResultException(pngs.size() + " PNGs instead of " + plate.images());
    }
    for (int i = 0; i < images.channels().size(); i++) {
      String ending = "__" + images.channels().get(i) + ".png";
      List<Path> same = pngs.stream().filter(png -> png.toString().endsWith(ending)).toList();
      requireRight(same, plate.sites(), images.files().get(i));
    }
  }

  private static void requireRight(List<Path> pngs, int sites, byte[] source) throws IOException {
    if (pngs.size() != sites) {
      throw new WrongResultException(pngs.size() + " PNGs of a channel instead of " + sites);
    }
    Path first = pngs.get(0);
    Raster expected = BaselineImage.scaled(source);
    if (!Arrays.equals(ImageIoPng.decode(Files.readAllBytes(first)).bytes(), expected.bytes())) {
      throw new WrongResultException(first + " has not the pixels that the baseline makes");
    }
    for (Path png : pngs) {
      if (Files.mismatch(first, png) >= 0) {
        throw new WrongResultException(png + " is not equal to " + first);
      }
    }
  }
}
