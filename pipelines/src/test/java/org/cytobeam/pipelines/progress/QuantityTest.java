package org.cytobeam.pipelines.progress;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "99949, 99.9 kB",
    "99950, 100 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "44000000000, 44.0 GB",
    "9223372036854775807, 9.2 EB"
  })
  void bytesHaveTwoOrThreeDigits(long bytes, String text) {
    assertThat(Quantity.bytes(bytes), equalTo(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "59, 59 s",
    "60, 1 min 0 s",
    "3599, 59 min 59 s",
    "3600, 1 h 0 min",
    "86399, 23 h 59 min",
    "86400, 1 d 0 h"
  })
  void timesHaveTwoUnits(long seconds, String text) {
    assertThat(Quantity.time(Duration.ofSeconds(seconds)), equalTo(text));
  }
}
