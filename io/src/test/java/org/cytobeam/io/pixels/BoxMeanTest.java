package org.cytobeam.io.pixels;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BoxMeanTest {

  @Test
  void takesTheMeanOfEachBoxHalvesUp() {
    Raster image =
        Raster.uint8(4, 2, new byte[] {0, 1, (byte) 255, (byte) 255, 0, 1, (byte) 255, (byte) 254});

    Raster small = BoxMean.shrink(image, 2);

    assertThat(small.width(), equalTo(2));
    assertThat(small.height(), equalTo(1));
    assertThat(small.bytes(), equalTo(new byte[] {1, (byte) 255}));
  }

  @Test
  void boxesAtTheEdgesTakeWhatIsLeft() {
    Raster image = Raster.uint8(3, 3, new byte[] {10, 20, 30, 40, 50, 60, 70, 80, 91});

    assertThat(BoxMean.shrink(image, 2).bytes(), equalTo(new byte[] {30, 45, 75, 91}));
  }

  @Test
  void leavesAloneWhatIsSmallEnough() {
    Raster image = Raster.uint8(3, 2, new byte[6]);

    assertThat(BoxMean.shrink(image, 3), sameInstance(image));
  }

  @Test
  void keepsTheSampleOfAStripThatIsOnePixelWide() {
    byte[] samples = {1, 3, 5, 7};

    assertThat(BoxMean.shrink(Raster.uint8(1, 4, samples), 2).bytes(), equalTo(new byte[] {2, 6}));
    assertThat(BoxMean.shrink(Raster.uint8(4, 1, samples), 1).bytes(), equalTo(new byte[] {4}));
  }

  @Test
  void refusesASideOfNothing() {
    Raster image = Raster.uint8(1, 1, new byte[1]);

    assertThrows(IllegalArgumentException.class, () -> BoxMean.shrink(image, 0));
  }

  @Property(tries = 300)
  void equalsTheMeansTakenOneByOne(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 45) int side,
      @ForAll long seed) {
    byte[] samples = new byte[width * height];
    new Random(seed).nextBytes(samples);
    Raster image = Raster.uint8(width, height, samples);

    Raster small = BoxMean.shrink(image, side);

    int longest = Math.max(width, height);
    int factor = (longest + side - 1) / side;
    assertThat(Math.max(small.width(), small.height()), lessThanOrEqualTo(side));
    assertThat("a smaller factor would not do", factor == 1 || longest > side * (factor - 1));
    assertThat(small.width(), greaterThan(0));
    for (int y = 0; y < small.height(); y++) {
      for (int x = 0; x < small.width(); x++) {
        assertThat(small.sample(x, y), equalTo(mean(image, x * factor, y * factor, factor)));
      }
    }
  }

  private static int mean(Raster image, int left, int top, int factor) {
    BigDecimal sum = BigDecimal.ZERO;
    int count = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        if (x >= left && x < left + factor && y >= top && y < top + factor) {
          sum = sum.add(BigDecimal.valueOf(image.sample(x, y)));
          count++;
        }
      }
    }
    return sum.divide(BigDecimal.valueOf(count), 0, RoundingMode.HALF_UP).intValueExact();
  }
}
