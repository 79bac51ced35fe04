package org.cytobeam.bench.micro;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.bench.images.ImageSource;
import org.cytobeam.bench.plate.PlateDefaults;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.PercentileScaling;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.io.tiff.TiffDecoder;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.images.TiffCompression;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The images of a source as files, as 16-bit pixels, and as the 8-bit crops that become PNGs.
 *
 * <p>Each call gives the next image, so that a score is the mean over all of them.
 */
@State(Scope.Thread)
public class Images {

  /** The name of an {@link ImageSource}. */
  @Param("REAL")
  public String source = ImageSource.REAL.name();

  private final List<byte[]> files = new ArrayList<>();
  private final List<Raster> pixels = new ArrayList<>();
  private final List<Raster> crops = new ArrayList<>();
  private int turn;

  /** Reads or makes the images. */
  @Setup
  public void load() throws IOException {
    PercentileScaling scaling = new PercentileScaling(PlateDefaults.PERCENTILE);
    for (byte[] file : ImageSource.valueOf(source).load().files()) {
      Raster raster = new TiffDecoder().decode(ByteRanges.of(file));
      files.add(file);
      pixels.add(raster);
      crops.add(
          scaling.apply(raster, PlateDefaults.crop(raster.width(), raster.height())).pixels());
    }
  }

  /** Returns the next TIFF. */
  public byte[] nextFile() {
    return next(files);
  }

  /** Returns the pixels of the next image. */
  public Raster nextPixels() {
    return next(pixels);
  }

  /** Returns the next 8-bit crop. */
  public Raster nextCrop() {
    return next(crops);
  }

  /** Returns TIFFs of the same pixels with one strip and no more tags than that needs. */
  public List<byte[]> plainFiles(TiffCompression compression) {
    return pixels.stream()
        .map(image -> TiffBuilder.uint16(rows(image)).compression(compression).build())
        .toList();
  }

  private static int[][] rows(Raster raster) {
    int[][] rows = new int[raster.height()][raster.width()];
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < rows[y].length; x++) {
        rows[y][x] = raster.sample(x, y);
      }
    }
    return rows;
  }

  private <T> T next(List<T> images) {
    turn = (turn + 1) % images.size();
    return images.get(turn);
  }
}
