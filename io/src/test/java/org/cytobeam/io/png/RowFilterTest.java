package org.cytobeam.io.png;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.cytobeam.io.pixels.Raster;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowFilterTest {

  @Property
  void isUndoneAsTheSpecificationSays(
      @ForAll FilterType type,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll long seed) {
    Raster image = SyntheticImages.noise(width, height, seed);

    assertArrayEquals(image.bytes(), unfilter(type, filtered(type, image), width));
  }

  /** Every combination of neighbours that differ by little, where the nearest are often tied. */
  @ParameterizedTest
  @EnumSource(FilterType.class)
  void breaksTiesAsTheSpecificationSays(FilterType type) {
    for (int neighbours = 0; neighbours < 5 * 5 * 5 * 5; neighbours++) {
      byte[] pixels = {
        (byte) (neighbours % 5),
        (byte) (neighbours / 5 % 5),
        (byte) (neighbours / 25 % 5),
        (byte) (neighbours / 125)
      };
      Raster image = Raster.uint8(2, 2, pixels);

      assertArrayEquals(pixels, unfilter(type, filtered(type, image), 2));
    }
  }

  private static byte[] filtered(FilterType type, Raster image) {
    byte[] filtered = new byte[image.width() * image.height()];
    RowFilter filter = new RowFilter(image);
    for (int y = 0; y < image.height(); y++) {
      filter.apply(type, y, filtered, y * image.width());
    }
    return filtered;
  }

  private static byte[] unfilter(FilterType type, byte[] filtered, int width) {
    byte[] pixels = new byte[filtered.length];
    for (int i = 0; i < pixels.length; i++) {
      int left = i % width == 0 ? 0 : pixels[i - 1] & 0xff;
      int up = i < width ? 0 : pixels[i - width] & 0xff;
      int upLeft = i % width == 0 || i < width ? 0 : pixels[i - width - 1] & 0xff;
      int predicted =
          switch (type) {
            case NONE -> 0;
            case SUB -> left;
            case UP -> up;
            case AVERAGE -> (left + up) / 2;
            case PAETH -> PillowReference.paeth(left, up, upLeft);
          };
      pixels[i] = (byte) (filtered[i] + predicted);
    }
    return pixels;
  }
}
