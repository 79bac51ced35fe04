package org.cytobeam.bench.figure;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cytobeam.bench.baseline.BaselineImage;
import org.cytobeam.bench.images.ImageSet;
import org.cytobeam.bench.images.ImageSource;
import org.cytobeam.bench.plate.SyntheticPlate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlateOutputTest {

  private final ImageSet images = ImageSource.TINY.load();
  private final SyntheticPlate plate = new SyntheticPlate(2, images.channels());
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    for (int site = 1; site <= plate.sites(); site++) {
      for (int channel = 0; channel < images.channels().size(); channel++) {
        Files.write(png(site, channel), BaselineImage.png(images.files().get(channel)));
      }
    }
  }

  @Test
  void takesRightImages() throws IOException {
    PlateOutput.in(folder).requireRight(plate, images);
  }

  @Test
  void refusesAMissingImage() throws IOException {
    Files.delete(png(1, 0));
    assertThat(refusal(), containsString("9 PNGs instead of 10"));
  }

  @Test
  void refusesAnImageOfAnotherChannel() throws IOException {
    Files.copy(png(1, 0), folder.resolve("site3__" + images.channels().get(0) + ".png"));
    Files.delete(png(1, 1));
    assertThat(refusal(), containsString("3 PNGs of a channel instead of 2"));
  }

  @Test
  void refusesAnImageThatDiffersFromItsEquals() throws IOException {
    byte[] png = Files.readAllBytes(png(2, 1));
    png[png.length - 1] ^= 1;
    Files.write(png(2, 1), png);
    assertThat(refusal(), containsString("is not equal to"));
  }

  @Test
  void refusesWrongPixels() throws IOException {
    byte[] other = Files.readAllBytes(png(1, 1));
    Files.write(png(1, 0), other);
    Files.write(png(2, 0), other);
    assertThat(refusal(), containsString("has not the pixels that the baseline makes"));
  }

  private String refusal() {
    return String.valueOf(
        assertThrows(
                WrongResultException.class,
                () -> PlateOutput.in(folder).requireRight(plate, images))
            .getMessage());
  }

  private Path png(int site, int channel) {
    return folder.resolve("site" + site + "__" + images.channels().get(channel) + ".png");
  }
}
