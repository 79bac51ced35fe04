package org.cytobeam.io.tiff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;
import org.cytobeam.testing.data.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that microscopes and other programs wrote. */
class RealTiffTest {

  private final TiffDecoder decoder = new TiffDecoder();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tiff/image-tiff/minisblack-1c-16b.tiff",
        "tiff/image-tiff/seq-1c-16b-bigendian-68f373a0.tiff",
        "tiff/image-tiff/seq-1c-16b-deflate-68f373a0.tiff",
        "tiff/image-tiff/seq-1c-16b-lzw-68f373a0.tiff",
        "tiff/image-tiff/seq-1c-16b-multistrip-68f373a0.tiff",
        "tiff/image-tiff/seq-1c-16b-tiled-68f373a0.tiff",
        "tiff/image-tiff/seq-1c-8b-bigendian-20f3db0c.tiff",
        "tiff/image-tiff/seq-1c-8b-bigtiff-20f3db0c.tiff",
        "tiff/image-tiff/seq-1c-8b-deflate-20f3db0c.tiff",
        "tiff/image-tiff/seq-1c-8b-lzw-20f3db0c.tiff",
        "tiff/image-tiff/seq-1c-8b-lzw-hpredict-20f3db0c.tiff",
        "tiff/image-tiff/seq-1c-8b-multipage-adeefdcc.tiff",
        "tiff/image-tiff/seq-1c-8b-multistrip-20f3db0c.tiff",
        "tiff/image-tiff/seq-1c-8b-packbits-20f3db0c.tiff",
        "tiff/image-tiff/seq-1c-8b-tiled-20f3db0c.tiff",
        "tiff/image-tiff/seq-1c-8b-tiled-bigtiff-20f3db0c.tiff",
        "tiff/image-tiff/seq-1c-8b-tiled-deflate-20f3db0c.tiff",
        "tiff/image-tiff/seq-1c-8b-tiled-lzw-20f3db0c.tiff",
        "tiff/pillow/16bit.MM.cropped.tif",
        "tiff/pillow/16bit.MM.deflate.tif",
        "tiff/pillow/16bit.cropped.tif",
        "tiff/pillow/16bit.deflate.tif",
        "tiff/tensorstore/D75_16b_grey.tiff",
        "plate/nf1_904x1224_deflate/B7_01_1_3_DAPI_001.tif",
        "imagingdb/ndtiff_v2/Full resolution/ndtiffv2.0_test_NDTiffStack.tif",
      })
  void hasThePixelsThatTwelveMonkeysFinds(String name) throws IOException {
    assertSameAsTwelveMonkeys(SharedData.require(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plate/phenix_5channel_site", "plate/jump_BR00117006"})
  void hasTheChannelsOfASiteAsTwelveMonkeysFindsThem(String folder) throws IOException {
    List<Path> channels;
    try (Stream<Path> files = Files.list(SharedData.require(folder))) {
      channels = files.sorted().toList();
    }

    assertThat(channels.isEmpty(), is(false));
    for (Path channel : channels) {
      assertSameAsTwelveMonkeys(channel);
    }
  }

  private void assertSameAsTwelveMonkeys(Path path) throws IOException {
    byte[] file = Files.readAllBytes(path);
    assertThat(
        path.toString(),
        Rasters.rows(decoder.decode(ByteRanges.of(file))),
        is(Oracles.twelveMonkeys(file)));
  }

  @Test
  void hasThePixelsOfItsTwinInPng() throws IOException {
    byte[] file = Files.readAllBytes(SharedData.require("tiff/tensorstore/D75_16b_grey.tiff"));
    Raster twin =
        ImageIO.read(SharedData.require("tiff/tensorstore/D75_16b_grey.png").toFile()).getRaster();

    int[][] rows = Rasters.rows(decoder.decode(ByteRanges.of(file)));

    assertThat(rows.length, is(twin.getHeight()));
    for (int y = 0; y < rows.length; y++) {
      assertThat(rows[y], is(twin.getSamples(0, y, twin.getWidth(), 1, 0, (int[]) null)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tiff/image-tiff/int16.tif, UNSUPPORTED, SampleFormat (339) = 2",
    "tiff/image-tiff/seq-1c-8b-palette-89b39bc3.tiff, UNSUPPORTED,"
        + " PhotometricInterpretation (262) = 3",
    "tiff/imagej/test_loading_image_saved_with_imageJ_stack.tif, UNSUPPORTED,"
        + " SampleFormat (339) = 3",
    "tiff/pillow/16bit.s.tif, UNSUPPORTED, SampleFormat (339) = 2",
    "tiff/pillow/crash-2020-10-test.tif, UNSUPPORTED, PhotometricInterpretation (262) = 6",
    "tiff/pillow/multipage_multiple_frame_loop.tiff, UNSUPPORTED,"
        + " PhotometricInterpretation (262) = 3",
    "tiff/pillow/multipage_single_frame_loop.tiff, UNSUPPORTED,"
        + " PhotometricInterpretation (262) = 3",
    "tiff/pillow/seek_too_large.tif, TRUNCATED, 8 bytes from byte 9295429630892703743 on",
    "tiff/pillow/total-pages-zero.tif, UNSUPPORTED, BitsPerSample (258) = 1",
    "tiff/twelvemonkeys/BigTIFF.tif, UNSUPPORTED, PhotometricInterpretation (262) = 2",
    "tiff/twelvemonkeys/BigTIFFLong8Tiles.tif, UNSUPPORTED, PhotometricInterpretation (262) = 2",
    "tiff/twelvemonkeys/BigTIFFMotorola.tif, UNSUPPORTED, PhotometricInterpretation (262) = 2",
    "tiff/twelvemonkeys/BigTIFFSubIFD8.tif, UNSUPPORTED, PhotometricInterpretation (262) = 2",
  })
  void refusesWhatItDoesNotRead(String name, Reason reason, String message) throws IOException {
    byte[] file = Files.readAllBytes(SharedData.require(name));

    ImageException refusal =
        assertThrows(ImageException.class, () -> decoder.decode(ByteRanges.of(file)));

    assertThat(refusal.reason(), is(reason));
    assertThat(refusal.getMessage(), containsString(message));
  }

  @ParameterizedTest
  @CsvSource({
    "tiff/image-tiff/seq-1c-8b-multipage-adeefdcc.tiff, 3",
    "tiff/pillow/multipage_multiple_frame_loop.tiff, 2",
    "tiff/pillow/multipage_single_frame_loop.tiff, 1",
    "tiff/imagej/test_loading_image_saved_with_imageJ_stack.tif, 2",
  })
  void walksThePagesOnce(String name, int pages) throws IOException {
    TiffFile file = TiffFile.open(ByteRanges.of(Files.readAllBytes(SharedData.require(name))));

    int met = 0;
    for (TiffPages cursor = file.pages(); cursor.hasNext(); cursor.next()) {
      met++;
    }

    assertThat(met, is(pages));
  }
}
