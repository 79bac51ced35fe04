package org.cytobeam.transforms.plate;

import static org.cytobeam.transforms.plate.ImageRows.image;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.outcome.Warning;
import org.junit.jupiter.api.Test;

final class PlateWarningsTest {

  private static final String SITE = "s/b/p/s__p__A01__1";

  private static ManifestRow measured(
      String channel, String pixels, double min, double max, double width) {
    ManifestRow row = image("p", "A01", "1", channel);
    Facts facts =
        row.getFacts().toBuilder()
            .setPixelsSha256(pixels)
            .setMeasures(
                Map.of(
                    "sample_min",
                    min,
                    "sample_max",
                    max,
                    "image_width",
                    width,
                    "image_height",
                    1080.0))
            .build();
    return ManifestRow.of(row.getItem(), facts, null, "hash", row.getRun(), row.getAt());
  }

  @Test
  void soundSitesHaveNone() {
    assertThat(
        PlateWarnings.of(
            List.of(measured("DNA", "x", 1, 2, 1080), measured("ER", "y", 1, 2, 1080))),
        is(empty()));
  }

  @Test
  void aConstantImageIsNamed() {
    assertThat(
        PlateWarnings.of(List.of(measured("DNA", "x", 65535, 65535, 1080))),
        contains(Warning.of("constant", SITE + "__DNA.png", "every sample of the crop is 65535")));
  }

  @Test
  void twoConstantImagesAreNotCalledCopies() {
    assertThat(
        PlateWarnings.of(List.of(measured("DNA", "x", 0, 0, 1080), measured("ER", "x", 0, 0, 1080)))
            .stream()
            .map(Warning::getKind)
            .toList(),
        contains("constant", "constant"));
  }

  @Test
  void equalPixelsInChannelsOfOneSiteAreACopy() {
    assertThat(
        PlateWarnings.of(
            List.of(
                measured("Mito", "x", 1, 2, 1080),
                measured("AGP", "x", 1, 2, 1080),
                measured("DNA", "y", 1, 2, 1080))),
        contains(Warning.of("duplicate_channel", SITE, "equal pixels in AGP, Mito")));
  }

  @Test
  void equalPixelsInTwoSitesAreNone() {
    ManifestRow one = measured("DNA", "x", 1, 2, 1080);
    ManifestRow two = image("p", "A01", "2", "ER");
    ManifestRow twin =
        ManifestRow.of(two.getItem(), one.getFacts(), null, "hash", two.getRun(), two.getAt());

    assertThat(PlateWarnings.of(List.of(one, twin)), is(empty()));
  }

  @Test
  void channelsOfDifferentSizesAreNamed() {
    assertThat(
        PlateWarnings.of(
            List.of(measured("DNA", "x", 1, 2, 1080), measured("ER", "y", 1, 2, 1000))),
        contains(Warning.of("different_sizes", SITE, "channels are 1000x1080 and 1080x1080")));
  }

  @Test
  void aChannelNamedWithUnderscoresBelongsToItsSite() {
    assertThat(
        PlateWarnings.of(
            List.of(measured("Bright__H", "x", 1, 2, 1080), measured("DNA", "x", 1, 2, 1080))),
        contains(Warning.of("duplicate_channel", SITE, "equal pixels in Bright__H, DNA")));
  }

  @Test
  void failedImagesAndRowsOfOtherJobsArePassedOver() {
    ManifestRow sound = measured("DNA", "x", 1, 2, 1080);
    ManifestRow other =
        ManifestRow.of(
            Item.of("movie.png", "s3://bucket/movie", "list.csv line 2", Map.of("name", "movie")),
            measured("DNA", "x", 0, 0, 1).getFacts(),
            null,
            "hash",
            sound.getRun(),
            0);

    assertThat(
        PlateWarnings.of(List.of(sound, other, ImageRows.failed("p", "A01", "1", "ER"))),
        is(empty()));
  }

  @Test
  void imagesOfAPlateMadeWithDifferentOptionsAreNamed() {
    ManifestRow first = measured("DNA", "x", 1, 2, 1080);
    ManifestRow second = measured("ER", "y", 1, 2, 1080);
    ManifestRow other =
        ManifestRow.of(
            second.getItem(), second.getFacts(), null, "other", second.getRun(), second.getAt());
    String plate = SITE.substring(0, SITE.lastIndexOf('/') + 1);

    assertThat(
        PlateWarnings.of(List.of(first, other)),
        contains(
            Warning.of(
                "mixed_options", plate, "its images were made with 2 different sets of options")));
  }

  @Test
  void warningsAreSortedBySite() {
    ManifestRow tenth = constant("10");
    ManifestRow second = constant("2");

    assertThat(
        PlateWarnings.of(List.of(tenth, second)).stream().map(Warning::getSubject).toList(),
        contains("s/b/p/s__p__A01__2__DNA.png", "s/b/p/s__p__A01__10__DNA.png"));
  }

  private static ManifestRow constant(String site) {
    ManifestRow row = image("p", "A01", site, "DNA");
    Facts facts = measured("DNA", "x", 0, 0, 1080).getFacts();
    return ManifestRow.of(row.getItem(), facts, null, "hash", row.getRun(), row.getAt());
  }
}
