package org.cytobeam.transforms.image;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageSizeTest {

  @Test
  void theWidthStandsFirst() {
    assertThat(ImageSize.parse("1080x960"), is(new ImageSize(1080, 960)));
    assertThat(ImageSize.parse("1×999999999"), is(new ImageSize(1, 999_999_999)));
    assertThat(new ImageSize(1080, 960).toString(), is("1080x960"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1080",
        "1080x",
        "x1080",
        "0x1",
        "1x0",
        "-1x1",
        "1X1",
        "1 x 1",
        "1x1x1",
        "1080x1080\n",
        "9999999999x1",
        "1.5x1",
        "٣x٣"
      })
  void otherTextsAreRefused(String text) {
    Exception thrown = assertThrows(IllegalArgumentException.class, () -> ImageSize.parse(text));

    assertThat(thrown.getMessage(), containsString("1080x1080"));
  }
}
