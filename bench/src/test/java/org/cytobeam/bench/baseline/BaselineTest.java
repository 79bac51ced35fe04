package org.cytobeam.bench.baseline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cytobeam.bench.images.ImageSource;
import org.cytobeam.bench.plate.PlateDefaults;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.CropBox;
import org.cytobeam.io.pixels.PercentileScaling;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.io.tiff.TiffDecoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured beside Cytobeam does the same work. */
class BaselineTest {

  private static final Map<ImageSource, List<byte[]>> FILES = new ConcurrentHashMap<>();

  @ParameterizedTest
  @EnumSource(names = {"SYNTHETIC", "TINY"})
  void decodesTheSamePixels(ImageSource source) throws IOException {
    for (byte[] file : files(source)) {
      Raster expected = new TiffDecoder().decode(ByteRanges.of(file));
      assertThat(CommonsImagingTiff.decode(file).shorts(), is(expected.shorts()));
      assertThat(ImageIoTiff.decode(file).shorts(), is(expected.shorts()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SYNTHETIC", "TINY"})
  void makesTheSameCrop(ImageSource source) throws IOException {
    for (byte[] file : files(source)) {
      Raster image = new TiffDecoder().decode(ByteRanges.of(file));
      CropBox crop = PlateDefaults.crop(image.width(), image.height());
      Raster expected = new PercentileScaling(1).apply(image, crop).pixels();

      Raster scaled = BaselineImage.scaled(file);

      assertThat(scaled.width(), is(expected.width()));
      assertThat(scaled.bytes(), is(expected.bytes()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SYNTHETIC", "TINY"})
  void writesPngsThatAreReadBack(ImageSource source) throws IOException {
    for (byte[] file : files(source)) {
      Raster scaled = BaselineImage.scaled(file);
      for (byte[] png : new byte[][] {ImageIoPng.encode(scaled), HuffmanOnlyPng.encode(scaled)}) {
        Raster read = ImageIoPng.decode(png);
        assertThat(read.width(), is(scaled.width()));
        assertThat(read.bytes(), is(scaled.bytes()));
      }
    }
  }

  private static List<byte[]> files(ImageSource source) {
    return FILES.computeIfAbsent(source, known -> known.load().files());
  }
}
