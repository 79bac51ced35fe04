package org.cytobeam.io.pixels;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CropBoxTest {

  @ParameterizedTest
  @CsvSource({
    "1080, 768, 156",
    "1081, 768, 156",
    "998, 768, 115",
    "769, 768, 0",
    "770, 768, 1",
    "5, 3, 1",
    "5, 4, 0",
    "6, 3, 2",
    "7, 4, 1",
  })
  void startsHalfTheImageMinusHalfTheBoxFromTheEdge(int size, int wanted, int start) {
    assertThat(CropBox.centred(size, 1, wanted, 0), is(new CropBox(start, 0, wanted, 1)));
    assertThat(CropBox.centred(1, size, 0, wanted), is(new CropBox(0, start, 1, wanted)));
  }

  @Test
  void takesXFromTheWidthAndYFromTheHeight() {
    assertThat(CropBox.centred(1224, 904, 768, 768), is(new CropBox(228, 68, 768, 768)));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, -768", "101, 51", "2147483647, -2147483648"})
  void keepsAnAxisWholeIfNothingOrTooMuchIsWanted(int wantedWidth, int wantedHeight) {
    assertThat(CropBox.centred(100, 50, wantedWidth, wantedHeight), is(new CropBox(0, 0, 100, 50)));
  }

  @Test
  void cropsOneAxisWhereTheOtherIsTooShort() {
    assertThat(CropBox.centred(1000, 500, 768, 768), is(new CropBox(116, 0, 768, 500)));
  }

  @Property
  void liesInsideAndAsCentrallyAsPixelsAllow(
      @ForAll @IntRange(min = 1, max = 5000) int width,
      @ForAll @IntRange(min = 1, max = 5000) int height,
      @ForAll @IntRange(min = -2, max = 5002) int wantedWidth,
      @ForAll @IntRange(min = -2, max = 5002) int wantedHeight) {
    CropBox box = CropBox.centred(width, height, wantedWidth, wantedHeight);

    assertThat(box.fits(width, height), is(true));
    int right = width - box.x() - box.width();
    int below = height - box.y() - box.height();
    assertThat(Math.abs(box.x() - right) <= 1, is(true));
    assertThat(Math.abs(box.y() - below) <= 1, is(true));
  }

  @Test
  void fitsUpToTheLastColumnAndRowOnly() {
    CropBox box = new CropBox(2, 3, 4, 5);

    assertThat(box.fits(6, 8), is(true));
    assertThat(box.fits(5, 8), is(false));
    assertThat(box.fits(6, 7), is(false));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 1, 1",
    "0, -1, 1, 1",
    "0, 0, 0, 1",
    "0, 0, 1, 0",
    "2147483647, 0, 1, 1",
    "0, 2147483647, 1, 1"
  })
  void refusesWhatIsNoBox(int x, int y, int width, int height) {
    assertThrows(IllegalArgumentException.class, () -> new CropBox(x, y, width, height));
  }
}
