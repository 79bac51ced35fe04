package org.cytobeam.pipelines.report.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.report.model.FailureGroup;
import org.cytobeam.pipelines.report.model.FailureGroup.FailureRow;
import org.cytobeam.pipelines.report.model.Well;
import org.cytobeam.pipelines.report.model.WellPosition;
import org.cytobeam.transforms.outcome.FailureClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WordsTest {

  @Test
  void linksLeadFromThePageToTheFile() {
    assertThat(
        Links.toFile("s 1/b%2F1/é?#&.png"), is("../../../s%201/b%252F1/%C3%A9%3F%23%26.png"));
    assertThat(
        Links.toRun(new RunId("20261122T093000Z-1a2b3c4d")),
        is("../20261122T093000Z-1a2b3c4d/report.html"));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 0, w0",
    "999, 1, w1",
    "3, 1, w1",
    "2, 1, w2",
    "1, 1, w2",
    "1, 3, w3",
    "1, 4, w4",
    "0, 1, w4"
  })
  void wellsAreShadedByTheShareThatFailed(long done, long failed, String style) {
    assertThat(WellWords.style(well(done, failed)), is(style));
  }

  @Test
  void wellsSayWhatBecameOfTheirImages() {
    assertThat(WellWords.tip(well(45, 0)), is("B02: 45 images, all done"));
    assertThat(WellWords.tip(well(44, 1)), is("B02: 45 images, 1 failed (1 missing)"));
  }

  private static Well well(long done, long failed) {
    return new Well(
        "B02",
        Optional.of(new WellPosition(1, 1)),
        done,
        failed == 0 ? Map.of() : Map.of("missing", failed));
  }

  @ParameterizedTest
  @EnumSource
  void eachClassOfFailureIsExplained(FailureClass failureClass) {
    assertThat(FailureWords.of(failureClass).meaning(), not(emptyString()));
    assertThat(FailureWords.of(failureClass).expected(), not(emptyString()));
  }

  @Test
  void failuresCanBeSentOn() {
    FailureGroup group =
        new FailureGroup(
            FailureClass.ZERO_FILLED,
            3,
            List.of(
                new FailureRow("s3://b/a.tiff", "all 99\nbytes are 0", "a.png", "t.csv line 2"),
                new FailureRow("s3://b/b.tiff", "all 9 bytes are 0", "b.png", "")));

    assertThat(
        FailureWords.plainText(group, "image"),
        is(
            """
            zero_filled: 3 images (the first 2 follow)
            Expected: a whole, readable image.
            Found:    The object has its length, and every byte is 0: the stored copy is lost.

            s3://b/a.tiff (t.csv line 2)
                all 99 bytes are 0
            s3://b/b.tiff
                all 9 bytes are 0
            """));
  }

  @Test
  void aRowWithoutAnAddressIsNamedByItsTableAndLine() {
    FailureGroup group =
        new FailureGroup(
            FailureClass.BAD_ROW,
            2,
            List.of(
                new FailureRow("", "Metadata_Well is empty", "t.csv line 3", "t.csv line 3"),
                new FailureRow("", "why", "x", "")));

    assertThat(
        FailureWords.plainText(group, "image"),
        is(
            """
            bad_row: 2 images
            Expected: a whole row.
            Found:    A row of the table can't be understood.

            t.csv line 3
                Metadata_Well is empty
            (no address)
                why
            """));
  }
}
