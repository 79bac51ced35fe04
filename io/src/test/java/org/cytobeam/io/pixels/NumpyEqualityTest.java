package org.cytobeam.io.pixels;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NumpyEqualityTest {

  record Case(Raster image, CropBox crop, double percentile) {}

  @Property(tries = 5000)
  void scalesEveryPixelAsNumpyDoes(@ForAll("cases") Case given) {
    ScaledImage scaled =
        new PercentileScaling(given.percentile()).apply(given.image(), given.crop());

    NumpyScaling numpy = new NumpyScaling(given.image(), given.crop());
    assertThat(scaled.window().low(), is(numpy.percentile(given.percentile())));
    assertThat(scaled.window().high(), is(numpy.percentile(100 - given.percentile())));
    assertThat(scaled.pixels().bytes(), is(numpy.scaled(given.percentile())));
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<Integer> sizes = Arbitraries.integers().between(1, 41);
    Arbitrary<Integer> wanted = Arbitraries.integers().between(0, 41);
    Arbitrary<Raster> images =
        Combinators.combine(sizes, sizes, Arbitraries.longs(), Arbitraries.integers().between(0, 5))
            .as(NumpyEqualityTest::image);
    return Combinators.combine(images, wanted, wanted, percentiles())
        .as(
            (image, width, height, percentile) ->
                new Case(
                    image,
                    CropBox.centred(image.width(), image.height(), width, height),
                    percentile));
  }

  private static Arbitrary<Double> percentiles() {
    return Arbitraries.oneOf(
        Arbitraries.of(0.0, 1e-9, 0.1, 1.0, 2.5, 25.0, 49.999999999, 50.0),
        Arbitraries.doubles().between(0, 50).ofScale(6));
  }

  /** Returns an image of one of six kinds: from constant through few values to the full range. */
  private static Raster image(int width, int height, long seed, int kind) {
    Random random = new Random(seed);
    int[] bounds = {1, 2, 5, 256, 3000, 65_536};
    int base = random.nextInt(65_537 - bounds[kind]);
    short[] samples = new short[width * height];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (base + random.nextInt(bounds[kind]));
    }
    if (seed % 2 == 0) {
      return Raster.uint16(width, height, samples);
    }
    byte[] bytes = new byte[samples.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) samples[i];
    }
    return Raster.uint8(width, height, bytes);
  }
}
