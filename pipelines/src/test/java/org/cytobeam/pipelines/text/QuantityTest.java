package org.cytobeam.pipelines.text;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "58000, 58.0 kB",
    "99949, 99.9 kB",
    "99950, 100 kB",
    "190400, 190 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "44000000000, 44.0 GB",
    "9223372036854775807, 9.2 EB"
  })
  void bytesHaveTwoOrThreeDigits(long bytes, String text) {
    assertThat(Quantity.bytes(bytes), is(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 %",
    "1, 100 %",
    "0.5, 50 %",
    "0.0001, < 0.1 %",
    "0.9999, > 99.9 %",
    "0.123, 12.3 %"
  })
  void sharesAreNeverRoundedToNoneOrAll(double share, String text) {
    assertThat(Quantity.percent(share), is(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "59, 59 s",
    "60, 1 min 00 s",
    "3599, 59 min 59 s",
    "3600, 1 h 00 min",
    "86399, 23 h 59 min",
    "86400, 1 d 00 h"
  })
  void timesHaveTwoUnits(long seconds, String text) {
    assertThat(Quantity.time(Duration.ofSeconds(seconds)), is(text));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0 s", "5640, 5.6 s", "61000, 1 min 01 s", "7500000, 2 h 05 min"})
  void measuredTimesHaveATenthOfASecond(long millis, String text) {
    assertThat(Quantity.took(Duration.ofMillis(millis)), is(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"0; 0.0", "0.125; 0.1", "7.5; 7.5", "99.9; 99.9", "112.6; 113", "1234.4; 1,234"})
  void ratesHaveTwoDigitsOrMore(double rate, String text) {
    assertThat(Quantity.rate(rate), is(text));
  }

  @Test
  void ratesAreOfTheTimeThatPassed() {
    assertThat(Quantity.rate(100, Duration.ofSeconds(8)), is("12.5"));
    assertThat(Quantity.rate(1, Duration.ZERO), is("0.0"));
  }

  @Test
  void numbersAreTheSameEverywhere() {
    assertThat(Quantity.whole(17_280), is("17,280"));
    assertThat(Quantity.whole(1279.5), is("1,280"));
    assertThat(Quantity.of(1, "image"), is("1 image"));
    assertThat(Quantity.of(0, "image"), is("0 images"));
    assertThat(
        Quantity.moment(Instant.parse("2026-11-22T09:30:00.9Z")), is("2026-11-22 09:30:00 UTC"));
  }
}
