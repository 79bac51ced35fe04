package org.cytobeam.pipelines.report.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlateFormatTest {

  @ParameterizedTest
  @CsvSource({
    "A1, WELLS_6", "B3, WELLS_6", "C1, WELLS_12", "A4, WELLS_12", "C4, WELLS_12",
    "D6, WELLS_24", "A5, WELLS_24", "F8, WELLS_48", "E1, WELLS_48", "G1, WELLS_96",
    "H12, WELLS_96", "A9, WELLS_96", "I1, WELLS_384", "A13, WELLS_384", "P24, WELLS_384",
    "Q1, WELLS_1536", "A25, WELLS_1536", "AF48, WELLS_1536"
  })
  void isTheSmallestThatHasTheWell(String well, PlateFormat format) {
    assertThat(
        PlateFormat.smallestWith(List.of(WellPosition.parse(well).orElseThrow())),
        is(Optional.of(format)));
  }

  @Test
  void hasAllWells() {
    assertThat(
        PlateFormat.smallestWith(List.of(new WellPosition(7, 0), new WellPosition(0, 12))),
        is(Optional.of(PlateFormat.WELLS_384)));
    assertThat(PlateFormat.smallestWith(List.of(new WellPosition(32, 0))), is(Optional.empty()));
  }

  @Test
  void isCalledByItsWells() {
    for (PlateFormat format : PlateFormat.values()) {
      assertThat(format.name(), is("WELLS_" + format.wells()));
    }
  }
}
