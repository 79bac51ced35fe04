package org.cytobeam.direct;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogbackEventsTest {

  private static final Logger LOG = LoggerFactory.getLogger("org.apache.beam.trial");

  private static List<String> eventsOf(Runnable logging) {
    List<String> events = new ArrayList<>();
    Runnable end = new LogbackEvents().attach(events::add);
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
    assertThat(lines.get(2), startsWith("\tat org.cytobeam.direct.LogbackEventsTest"));
  }
}
