package org.cytobeam.io.pixels;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentileScalingTest {

  @Test
  void scalesARampAsNumpyDoes() {
    short[] ramp = new short[100];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (short) i;
    }

    ScaledImage scaled = scaleWhole(Raster.uint16(10, 10, ramp), 1);

    assertThat(scaled.window().low(), closeTo(0.99, 1e-12));
    assertThat(scaled.window().high(), closeTo(98.01, 1e-12));
    int[] values = unsigned(scaled);
    assertThat(Arrays.copyOf(values, 6), is(new int[] {0, 0, 2, 5, 7, 10}));
    assertThat(Arrays.copyOfRange(values, 94, 100), is(new int[] {244, 247, 249, 252, 254, 255}));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_768, 65_535})
  void makesAConstantImageBlack(int value) {
    short[] samples = new short[35];
    Arrays.fill(samples, (short) value);

    ScaledImage scaled = scaleWhole(Raster.uint16(7, 5, samples), 1);

    assertThat(scaled.isConstant(), is(true));
    assertThat(scaled.min(), is(value));
    assertThat(scaled.max(), is(value));
    assertThat(scaled.window(), is(new ScalingWindow(value, value)));
    assertThat(scaled.pixels().bytes(), is(new byte[35]));
  }

  @Test
  void makesOutliersWhiteWhereBothPercentilesAreEqual() {
    short[] samples = new short[400];
    Arrays.fill(samples, (short) 100);
    samples[17] = 101;
    samples[399] = (short) 60_000;
    samples[0] = 99;

    ScaledImage scaled = scaleWhole(Raster.uint16(20, 20, samples), 1);

    assertThat(scaled.window(), is(new ScalingWindow(100, 100)));
    assertThat(scaled.isConstant(), is(false));
    int[] expected = new int[400];
    expected[17] = 255;
    expected[399] = 255;
    assertThat(unsigned(scaled), is(expected));
  }

  @Test
  void stretchesFromMinimumToMaximumAtZero() {
    ScaledImage scaled = scaleWhole(Raster.uint16(4, 1, new short[] {200, 10, 105, 11}), 0);

    assertThat(scaled.window(), is(new ScalingWindow(10, 200)));
    assertThat(unsigned(scaled), is(new int[] {255, 0, 127, 1}));
  }

  @Test
  void dividesAtTheMedianAtFifty() {
    ScaledImage scaled = scaleWhole(Raster.uint16(5, 1, new short[] {9, 1, 5, 7, 3}), 50);

    assertThat(scaled.window(), is(new ScalingWindow(5, 5)));
    assertThat(unsigned(scaled), is(new int[] {255, 0, 0, 255, 0}));
  }

  @Test
  void interpolatesTowardsOneHotPixel() {
    short[] samples = new short[64];
    Arrays.fill(samples, (short) 1234);
    samples[20] = 5000;

    ScaledImage scaled = scaleWhole(Raster.uint16(8, 8, samples), 1);

    assertThat(scaled.window().low(), is(1234.0));
    assertThat(scaled.window().high(), closeTo(2627.42, 1e-9));
    int[] expected = new int[64];
    expected[20] = 255;
    assertThat(unsigned(scaled), is(expected));
  }

  @Test
  void stretchesEightBitImagesToo() {
    ScaledImage scaled =
        scaleWhole(Raster.uint8(3, 1, new byte[] {100, (byte) 200, (byte) 150}), 0);

    assertThat(scaled.window(), is(new ScalingWindow(100, 200)));
    assertThat(unsigned(scaled), is(new int[] {0, 255, 127}));
  }

  @Test
  void readsSamplesAsUnsigned() {
    ScaledImage scaled =
        scaleWhole(Raster.uint16(3, 1, new short[] {(short) 65_535, 0, (short) 32_768}), 0);

    assertThat(scaled.max(), is(65_535));
    assertThat(unsigned(scaled), is(new int[] {255, 0, 127}));
  }

  @Test
  void looksAtTheCropAlone() {
    short[] samples = {
      9000, 9000, 9000, 9000, //
      9000, 1, 2, 9000, //
      9000, 3, 5, 9000, //
    };

    ScaledImage scaled =
        new PercentileScaling(0).apply(Raster.uint16(4, 3, samples), new CropBox(1, 1, 2, 2));

    assertThat(scaled.crop(), is(new CropBox(1, 1, 2, 2)));
    assertThat(scaled.min(), is(1));
    assertThat(scaled.max(), is(5));
    assertThat(scaled.pixels().width(), is(2));
    assertThat(scaled.pixels().height(), is(2));
    assertThat(unsigned(scaled), is(new int[] {0, 63, 127, 255}));
  }

  @Test
  void givesTheSameFromTheNeededRowsAlone() {
    short[] image = new short[9 * 11];
    for (int i = 0; i < image.length; i++) {
      image[i] = (short) (i * i * 7);
    }
    CropBox crop = new CropBox(2, 4, 5, 6);
    Raster rows = Raster.uint16(9, 7, Arrays.copyOfRange(image, 9 * 3, 9 * 10));

    ScaledImage ofRows = new PercentileScaling(1).apply(rows, 3, crop);
    ScaledImage ofImage = new PercentileScaling(1).apply(Raster.uint16(9, 11, image), crop);

    assertThat(ofRows.crop(), is(crop));
    assertThat(ofRows.window(), is(ofImage.window()));
    assertThat(ofRows.pixels().bytes(), is(ofImage.pixels().bytes()));
  }

  @Test
  void refusesACropThatIsNotAtHand() {
    Raster rows = Raster.uint8(4, 3, new byte[12]);
    PercentileScaling scaling = new PercentileScaling(1);

    assertThrows(
        IllegalArgumentException.class, () -> scaling.apply(rows, new CropBox(1, 0, 4, 3)));
    assertThrows(
        IllegalArgumentException.class, () -> scaling.apply(rows, 5, new CropBox(0, 4, 4, 3)));
    assertThrows(
        IllegalArgumentException.class, () -> scaling.apply(rows, 5, new CropBox(0, 6, 4, 3)));
    assertThrows(
        IllegalArgumentException.class, () -> scaling.apply(rows, -1, new CropBox(0, 0, 4, 2)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 50.000001, 99, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAPercentileOutsideZeroToFifty(double percentile) {
    assertThrows(IllegalArgumentException.class, () -> new PercentileScaling(percentile));
  }

  private static ScaledImage scaleWhole(Raster image, double percentile) {
    return new PercentileScaling(percentile)
        .apply(image, CropBox.centred(image.width(), image.height(), 0, 0));
  }

  private static int[] unsigned(ScaledImage image) {
    byte[] bytes = image.pixels().bytes();
    int[] values = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = Byte.toUnsignedInt(bytes[i]);
    }
    return values;
  }
}
