package org.cytobeam.io.destination;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {

  @Test
  void startsWithTheUtcTime() {
    assertThat(
        RunId.startingAt(Instant.parse("2026-11-22T09:30:00.999Z")).value(),
        startsWith("20261122T093000Z-"));
  }

  @Test
  void sortsByTheMillisecondsWithinASecond() {
    Instant second = Instant.parse("2026-11-22T09:30:00Z");
    List<RunId> ids =
        IntStream.range(0, 1_000).mapToObj(ms -> RunId.startingAt(second.plusMillis(ms))).toList();

    assertThat(ids.stream().sorted().toList(), is(ids));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "20261122T093000Z",
        "20261122T093000Z-1A2B3C4D",
        "20261122T093000Z-1/2b3c4d"
      })
  void refusesOtherText(String text) {
    assertThrows(IllegalArgumentException.class, () -> new RunId(text));
  }
}
