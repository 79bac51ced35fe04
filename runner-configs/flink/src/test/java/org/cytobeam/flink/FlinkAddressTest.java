package org.cytobeam.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8081, 127.0.0.1, 8081",
    "http://flink.example.org:80/, flink.example.org, 80",
    "http://flink.example.org, flink.example.org, 8081",
    "jobmanager, jobmanager, 8081",
    "[::1]:8082, [::1], 8082"
  })
  void readsWhatPeopleGive(String text, String host, int port) {
    assertThat(FlinkAddress.parse(text), is(Optional.of(new FlinkAddress(host, port))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "host:port",
        "a:1:2",
        "[collection]",
        "host/path",
        "host:123456",
        "https://host",
        "https://host:443/"
      })
  void takesNothingElse(String text) {
    assertThat(FlinkAddress.parse(text), is(Optional.empty()));
  }

  @Test
  void knowsTheClusterThatFlinkRunBrings() {
    Configuration given =
        new Configuration()
            .set(DeploymentOptions.TARGET, "remote")
            .set(RestOptions.ADDRESS, "jobmanager")
            .set(RestOptions.PORT, 8082);
    Configuration onYarn = new Configuration(given).set(DeploymentOptions.TARGET, "yarn-per-job");
    Configuration secured = new Configuration(given).set(SecurityOptions.SSL_REST_ENABLED, true);

    assertThat(FlinkAddress.of(given), is(Optional.of(new FlinkAddress("jobmanager", 8082))));
    assertThat(FlinkAddress.of(onYarn), is(Optional.empty()));
    assertThat(FlinkAddress.of(secured), is(Optional.empty()));
  }
}
