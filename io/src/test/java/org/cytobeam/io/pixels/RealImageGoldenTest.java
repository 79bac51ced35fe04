package org.cytobeam.io.pixels;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.io.File;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.cytobeam.testing.data.SharedData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pixels of real plates, cropped to 768 × 768 at percentile 1, as computed with numpy 1.24. */
class RealImageGoldenTest {

  @ParameterizedTest
  @CsvSource({
    "jump_BR00117006/r01c01f01p01-ch2sk1fk1fl1.tiff, 571, 19432.54, "
        + "8a76768ad172706fad4459f7d66bd269b2790eb7609154670d6e6e85c7a16d0c",
    "jump_BR00117006/r01c01f01p01-ch5sk1fk1fl1.tiff, 461, 21106, "
        + "9a903eac7b368acc09db92a8b052637ff0483725262bbd17f7201380d9cf1b1e",
    "phenix_5channel_site/r03c03f03p01-ch1sk1fk1fl1.tiff, 10533, 12525.77, "
        + "232f4ca0216cf172cc793ee89c7d614123a0b5912feb219336422e9e0f16465b",
    "nf1_904x1224_deflate/B7_01_1_3_DAPI_001.tif, 3084, 40092, "
        + "fd313810e94a9344e7db2bf5d9b39eddeeb2579d50ef27823a8b538d2ff6dc77",
  })
  void equalsNumpyOnEveryPixel(String name, double low, double high, String sha256)
      throws IOException, NoSuchAlgorithmException {
    Raster image = decode(SharedData.require("plate/" + name).toFile());

    ScaledImage scaled =
        new PercentileScaling(1)
            .apply(image, CropBox.centred(image.width(), image.height(), 768, 768));

    assertThat(scaled.window().low(), closeTo(low, 1e-9));
    assertThat(scaled.window().high(), closeTo(high, 1e-9));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(scaled.pixels().bytes());
    assertThat(HexFormat.of().formatHex(digest), is(sha256));
  }

  private static Raster decode(File file) throws IOException {
    BufferedImage image = ImageIO.read(file);
    short[] samples = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
    return Raster.uint16(image.getWidth(), image.getHeight(), samples);
  }
}
