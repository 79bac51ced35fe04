package org.cytobeam.logback;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.pipelines.log.LogStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogbackEventsTest {

  private static final Logger LOG = LoggerFactory.getLogger("org.apache.beam.trial");

  private static List<String> eventsOf(Runnable logging) {
    return eventsOf(LogStyle.TEXT, logging);
  }

  private static List<String> eventsOf(LogStyle format, Runnable logging) {
    List<String> events = new ArrayList<>();
    Runnable end = new LogbackEvents().attach(format, events::add);
    try {
      logging.run();
    } finally {
      end.run();
    }
    return events;
  }

  @Test
  void givesAwayWhatIsLoggedWhileItIsAttached() {
    LOG.info("before");
    List<String> events =
        eventsOf(
            () -> {
              LOG.info("within");
              LOG.debug("details");
            });
    LOG.info("after");

    assertThat(events, hasSize(1));
    assertThat(
        events.get(0),
        matchesPattern(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  \\[main]"
                + " org.apache.beam.trial - within\\R"));
  }

  @Test
  void aMessageIsOneLineAndAStackTraceTheOnesBelow() {
    List<String> events =
        eventsOf(() -> LOG.warn("two\nlines", new IllegalStateException("the reason")));

    assertThat(events, hasSize(1));
    List<String> lines = events.get(0).lines().toList();
    assertThat(lines.get(0), containsString("org.apache.beam.trial - two | lines"));
    assertThat(lines.get(1), is("java.lang.IllegalStateException: the reason"));
    assertThat(lines.get(2), startsWith("\tat org.cytobeam.logback.LogbackEventsTest"));
  }

  @Test
  void asJsonAnEventIsAnObject() throws Exception {
    List<String> events =
        eventsOf(LogStyle.JSON, () -> LOG.warn("{}\nlines", "two", new IOException("the reason")));

    assertThat(events, hasSize(1));
    assertThat(events.get(0).lines().count(), is(1L));
    JsonNode event = new ObjectMapper().readTree(events.get(0));
    assertThat(event.path("level").asText(), is("WARN"));
    assertThat(event.path("logger").asText(), is("org.apache.beam.trial"));
    assertThat(event.path("message").asText(), is("two\nlines"));
    assertThat(
        event.path("exception").asText(), startsWith("java.io.IOException: the reason\n\tat "));
  }

  @Test
  void inBriefWhatCytobeamSaysIsALineInLocalTime() {
    Logger own = LoggerFactory.getLogger("org.cytobeam.trial");

    List<String> events =
        eventsOf(
            LogStyle.BRIEF,
            () -> {
              LOG.info("of a library");
              own.warn("two\nlines of http://me:canary@h/", new IOException("the reason"));
            });

    assertThat(events, hasSize(1));
    assertThat(
        events.get(0),
        matchesPattern(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} \\[WARN] two lines of"
                + " http://\\*\\*\\*@h/\\R"));
  }

  @ParameterizedTest
  @EnumSource(names = {"TEXT", "JSON"})
  void secretsInAddressesAreStars(LogStyle format) {
    List<String> events =
        eventsOf(
            format,
            () ->
                LOG.warn(
                    "denied: \"https://me:canary@host/a?X-Amz-Signature=canary\"",
                    new IOException("http://h/?token=canary&b=1")));

    assertThat(events.get(0), containsString("https://***@host/a?X-Amz-Signature=***"));
    assertThat(events.get(0), containsString("http://h/?token=***&b=1"));
    assertThat(events.get(0), not(containsString("canary")));
  }
}
