package org.cytobeam.pipelines.report.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WellPositionTest {

  @ParameterizedTest
  @CsvSource({
    "A1, 0, 0",
    "A01, 0, 0",
    "a001, 0, 0",
    "H12, 7, 11",
    "P24, 15, 23",
    "Z48, 25, 47",
    "AA1, 26, 0",
    "AF48, 31, 47",
    "af48, 31, 47",
    "r01c01, 0, 0",
    "R16C24, 15, 23"
  })
  void isReadFromTheNamesThatInstrumentsGive(String name, int row, int column) {
    assertThat(WellPosition.parse(name), is(Optional.of(new WellPosition(row, column))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "A", "7", "A0", "A00", "A100", "AAA1", "A-1", "A1 ", "r1c", "r0c1", "1A", "é1"
      })
  void isNotGuessed(String name) {
    assertThat(WellPosition.parse(name), is(Optional.empty()));
  }

  @Property
  void lettersAndNumbersAreReadAgain(
      @ForAll @IntRange(max = 31) int row, @ForAll @IntRange(max = 47) int column) {
    String name = String.format(Locale.ROOT, "%s%02d", WellPosition.letters(row), column + 1);

    assertThat(WellPosition.parse(name), is(Optional.of(new WellPosition(row, column))));
  }
}
