package org.cytobeam.direct;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.log.LogStyle;
import org.cytobeam.pipelines.log.RunLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run logs comes into its output folder, by the logging library of this runner. */
class RunLogTest {

  private static final Logger LOG = LoggerFactory.getLogger("org.apache.beam.trial");
  private static final RunId RUN = new RunId("20260101T000000Z-0123abcd");

  @TempDir private Path folder;
  private final List<Exception> trouble = new ArrayList<>();

  private Destination open(Path root) {
    return Destinations.open(new DestinationSettings(root.toString(), RUN, Durability.RUN));
  }

  @Test
  void endsWhenItIsClosed() throws IOException {
    try (Destination destination = open(folder)) {
      RunLog log = RunLog.attach(destination, "a/run.log", LogStyle.TEXT, trouble::add);
      LOG.info("within");
      log.close();
      LOG.info("after");
    }

    assertThat(Files.readAllLines(folder.resolve("a/run.log")), contains(endsWith(" - within")));
    assertThat(trouble, is(empty()));
  }

  @Test
  void aLogThatCanNotBeBegunIsToldOnceAndLoggingGoesOn() throws IOException {
    Files.writeString(folder.resolve("a"), "in the way");
    try (Destination destination = open(folder);
        RunLog log = RunLog.attach(destination, "a/run.log", LogStyle.TEXT, trouble::add)) {
      LOG.info("one");
      LOG.info("two");
    }

    assertThat(trouble, hasSize(1));
  }
}
