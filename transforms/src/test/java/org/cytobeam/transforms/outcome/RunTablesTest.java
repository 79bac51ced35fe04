package org.cytobeam.transforms.outcome;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.s3.S3Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTablesTest {

  private static final JobTables NO_TABLES =
      new JobTables() {
        private static final long serialVersionUID = 1L;

        @Override
        public List<Warning> warnings(MergedRows rows) {
          return List.of();
        }

        @Override
        public void write(MergedRows rows) {}
      };

  @TempDir Path folder;

  @Test
  void forgetsTheUnreadableRowsOfATableThatWasReadAgain() throws IOException {
    run(unreadable("/in/a.csv line 4"), unreadable("/in/b.csv line 7"), image("p/1.png", 2));

    run(image("p/1.png", 2), image("p/2.png", 3));

    assertThat(ids(), contains("/in/b.csv line 7", "p/1.png", "p/2.png"));
  }

  @Test
  void keepsUnreadableRowsThatAreStillThere() throws IOException {
    run(unreadable("/in/a.csv line 4"), image("p/1.png", 2));

    run(unreadable("/in/a.csv line 5"));

    assertThat(ids(), contains("/in/a.csv line 5", "p/1.png"));
  }

  private void run(Outcome... outcomes) throws IOException {
    RunSettings run = new RunSettings(settings(), "hash", Check.SHA256, false);
    new RunTables(run, NO_TABLES).write(List.of(outcomes));
  }

  private List<String> ids() throws IOException {
    try (Destination destination = Destinations.open(settings())) {
      return List.copyOf(Manifest.read(destination).byId().keySet());
    }
  }

  private DestinationSettings settings() {
    return new DestinationSettings(
        folder.toString(), RunId.startingAt(Instant.now()), Durability.RUN, S3Settings.defaults());
  }

  private static Outcome unreadable(String where) {
    return Outcome.pending(Item.of(where, "", where, Map.of()))
        .failed(Failure.of("ExpandChannels", FailureClass.BAD_ROW, "the row is cut", 1));
  }

  private static Outcome image(String id, int line) {
    return Outcome.pending(Item.of(id, "s3://b/k", "/in/a.csv line " + line, Map.of()))
        .failed(Failure.of("FetchS3Bytes", FailureClass.MISSING, "no such object", 1));
  }
}
