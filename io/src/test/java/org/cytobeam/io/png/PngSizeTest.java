package org.cytobeam.io.png;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.cytobeam.io.pixels.CropBox;
import org.cytobeam.io.pixels.PercentileScaling;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.testing.data.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are no larger than Pillow's. */
class PngSizeTest {

  @Test
  void isNoLargerThanPillowsOverTheRealImages() throws IOException {
    long ours = 0;
    long pillows = 0;
    for (Path file : realImages()) {
      Raster scaled = scaled(file);
      ours += PngEncoder.encode(scaled).length;
      pillows += PillowReference.fileSize(scaled);
    }
    assertThat(ours, is(lessThanOrEqualTo(pillows)));
  }

  @Test
  void takesNoMoreThanTheKnownMeanOverTheJumpImages() throws IOException {
    long total = 0;
    for (String channel : List.of("ch2", "ch3", "ch5")) {
      String name = "plate/jump_BR00117006/r01c01f01p01-" + channel + "sk1fk1fl1.tiff";
      total += PngEncoder.encode(scaled(SharedData.require(name))).length;
    }
    assertThat(total / 3, is(lessThanOrEqualTo(232_000L)));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 30, 60, 100, 160})
  void isNoLargerThanPillowsForMicrographs(int noise) {
    Raster image = SyntheticImages.micrograph(768, 768, noise, noise);

    assertThat(
        PngEncoder.encode(image).length, is(lessThanOrEqualTo(PillowReference.fileSize(image))));
  }

  @Test
  void isNoLargerThanPillowsOverFlatImages() {
    int ours = 0;
    int pillows = 0;
    for (Raster image :
        List.of(
            SyntheticImages.mask(768, 768, 1),
            SyntheticImages.mask(1080, 1080, 2),
            SyntheticImages.tiles(768, 768, 3),
            SyntheticImages.ramp(768, 768),
            SyntheticImages.constant(768, 768, 255))) {
      ours += PngEncoder.encode(image).length;
      pillows += PillowReference.fileSize(image);
    }
    assertThat(ours, is(lessThanOrEqualTo(pillows)));
  }

  private static List<Path> realImages() throws IOException {
    List<Path> images = new ArrayList<>();
    for (String folder :
        List.of("jump_BR00117006", "phenix_5channel_site", "nf1_904x1224_deflate")) {
      try (Stream<Path> files = Files.list(SharedData.require("plate/" + folder))) {
        files.filter(file -> file.toString().contains(".tif")).forEach(images::add);
      }
    }
    assertThat(images.size(), is(9));
    return images;
  }

  private static Raster scaled(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    short[] samples = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
    Raster raster = Raster.uint16(image.getWidth(), image.getHeight(), samples);
    CropBox crop = CropBox.centred(raster.width(), raster.height(), 768, 768);
    return new PercentileScaling(1).apply(raster, crop).pixels();
  }
}
