package org.cytobeam.io.png;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.cytobeam.io.pixels.Raster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatProbeTest {

  @ParameterizedTest
  @ValueSource(ints = {10, 30, 60, 100, 160})
  void findsNothingInNoise(int noise) {
    assertThat(finds(SyntheticImages.micrograph(768, 768, noise, noise)), is(false));
    assertThat(finds(SyntheticImages.noise(768, 768, noise)), is(false));
  }

  @Test
  void findsMasksTilesAndPatterns() {
    assertThat(finds(SyntheticImages.mask(768, 768, 1)), is(true));
    assertThat(finds(SyntheticImages.tiles(768, 768, 2)), is(true));
    assertThat(finds(SyntheticImages.checkerboard(768, 768, 8)), is(true));
    assertThat(finds(SyntheticImages.constant(1, 5000, 3)), is(true));
  }

  @Test
  void looksAtAllOfWhatIsShort() {
    assertThat(RepeatProbe.finds(new byte[1]), is(false));
    assertThat(RepeatProbe.finds(new byte[23]), is(false));
    assertThat(RepeatProbe.finds(new byte[48]), is(true));
  }

  private static boolean finds(Raster image) {
    return RepeatProbe.finds(image.bytes());
  }
}
