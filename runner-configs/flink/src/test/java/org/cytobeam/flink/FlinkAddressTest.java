package org.cytobeam.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8081, 127.0.0.1, 8081",
    "http://flink.example.org:80/, flink.example.org, 80",
    "https://flink.example.org, flink.example.org, 8081",
    "jobmanager, jobmanager, 8081",
    "[::1]:8082, [::1], 8082"
  })
  void readsWhatPeopleGive(String text, String host, int port) {
    assertThat(FlinkAddress.parse(text), is(Optional.of(new FlinkAddress(host, port))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host:port", "a:1:2", "[collection]", "host/path", "host:123456"})
  void takesNothingElse(String text) {
    assertThat(FlinkAddress.parse(text), is(Optional.empty()));
  }
}
