package org.cytobeam.pipelines.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNumbersTest {

  @ParameterizedTest
  @CsvSource({"'1,3', '1 3'", "1-3, '1 2 3'", "' ALL ', '1 2 3 4'", "'4, 2 - 3,3', '2 3 4'"})
  void listsAndRangesAreNumbersAscending(String text, String numbers) {
    List<Integer> expected = List.of(numbers.split(" ")).stream().map(Integer::valueOf).toList();

    assertThat(TableNumbers.of(text, 4), is(Optional.of(expected)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "5", "3-1", "1-", "1,,2", "one", "-1", "9999999999", "1 2"})
  void whatIsNotThereIsNone(String text) {
    assertThat(TableNumbers.of(text, 4), is(Optional.empty()));
  }

  @Test
  void ofOneTableAllIsThatOne() {
    assertThat(TableNumbers.of("all", 1), is(Optional.of(List.of(1))));
  }
}
