package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.transforms.outcome.DoneIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A journal of which thousands of lines are damaged must not fill the log. */
final class DamagedJournalLogTest {

  private static final String JOURNAL = "_cytobeam/journal/20260101T000000Z-00000000-";

  private final Logger logger =
      (Logger) LoggerFactory.getLogger(DoneIndex.class.getPackageName() + ".Manifest");

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @TempDir Path folder;

  @BeforeEach
  void listen() throws IOException {
    Files.createDirectories(folder.resolve("_cytobeam/journal"));
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(logged);
  }

  private void segment(String writer, int damagedLines) throws IOException {
    Files.write(
        folder.resolve(JOURNAL + writer + ".jsonl"),
        Collections.nCopies(damagedLines, "{\"id\":\"a.png\"}"));
  }

  private List<String> warnings() throws IOException {
    RunId run = new RunId("20260102T000000Z-00000000");
    var settings = new DestinationSettings(folder.toString(), run, Durability.RUN);
    try (Destination destination = Destinations.open(settings)) {
      DoneIndex.check(destination);
    }
    return logged.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  @Test
  void eachSegmentIsWarnedOfOnceWithTheNumberOfItsLines() throws IOException {
    segment("0000000000000001", 3000);
    segment("0000000000000002", 1);
    segment("0000000000000003", 0);

    assertThat(
        warnings(), contains(warning("0000000000000001", 3000), warning("0000000000000002", 1)));
  }

  private static String warning(String writer, int lines) {
    return "WARN Lines ignored in %s%s.jsonl: %d. They are damaged; their items will be looked at again"
        .formatted(JOURNAL, writer, lines);
  }

  @Test
  void aLineThatIsOnlyTornIsNotWarnedOf() throws IOException {
    Files.writeString(folder.resolve(JOURNAL + "0000000000000001.jsonl"), "{\"id\":\"a.p");

    assertThat(warnings(), is(List.of()));
  }
}
