package org.cytobeam.pipelines.progress;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.testing.s3.S3TestServer;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Journal;
import org.cytobeam.transforms.outcome.JournalTally;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.outcome.StoredFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalProgressTest {

  private static final RunId RUN = new RunId("20260101T000000Z-00000000");
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** What has been given to the thread that reads, and was not run yet. */
  private final List<Runnable> looks = new ArrayList<>();

  private Progress counted = new Progress(10, 0, 0, 0, 0, 0, 0);
  private long now = Long.MAX_VALUE - SECOND / 2;

  @Test
  void takesTheLargerOfCounterAndJournal(@TempDir Path root) throws IOException {
    DestinationSettings folder = new DestinationSettings(root.toString(), RUN, Durability.RUN);
    try (Destination destination = Destinations.open(folder);
        Journal journal = journal(destination, folder)) {
      JournalProgress progress = progress(destination);
      journal.append(done("a.png"));
      journal.append(done("b.png"));
      journal.append(failed("c.png"));
      assertThat(progress.now(), is(counted));
      runLooks();

      assertThat(progress.now(), is(new Progress(10, 2, 0, 1, 2, 2_000, 6, "c.png")));

      counted = new Progress(10, 1, 4, 2, 3, 1_500, 7);
      assertThat(progress.now(), is(new Progress(10, 2, 4, 2, 3, 2_000, 7, "c.png")));
    }
  }

  @Test
  void looksNoMoreOftenThanTheJournalAllowsAndNeverTwiceAtOnce(@TempDir Path root)
      throws IOException {
    DestinationSettings folder = new DestinationSettings(root.toString(), RUN, Durability.RUN);
    try (Destination destination = Destinations.open(folder)) {
      JournalProgress progress = progress(destination);
      progress.now();
      now += 5 * SECOND;
      progress.now();
      assertThat(looks, hasSize(1));

      runLooks();
      now += SECOND - 1;
      progress.now();
      assertThat(looks, hasSize(0));

      now += 1;
      progress.now();
      progress.now();
      assertThat(looks, hasSize(1));
    }
  }

  @Test
  void standsStillWhileTheJournalCannotBeRead() throws IOException {
    try (S3TestServer server = S3TestServer.start()) {
      S3Settings s3 =
          S3Settings.builder().setEndpoint(server.endpoint()).setAnonymous(true).build();
      DestinationSettings bucket =
          new DestinationSettings("s3://mine/out", RUN, Durability.RUN, s3);
      try (Destination destination = Destinations.open(bucket)) {
        JournalProgress progress = progress(destination);
        progress.now();
        runLooks();
        assertThat(progress.now(), is(counted));

        server.bucket("mine");
        try (Journal journal = journal(destination, bucket)) {
          journal.append(done("a.png"));
        }
        now += 15 * SECOND - 1;
        progress.now();
        assertThat(looks, hasSize(0));

        now += 1;
        progress.now();
        runLooks();
        assertThat(progress.now(), is(new Progress(10, 1, 0, 0, 1, 1_000, 2, "a.png")));
      }
    }
  }

  private JournalProgress progress(Destination destination) {
    JournalTally tally = new JournalTally(destination, RUN);
    return new JournalProgress(() -> counted, tally, looks::add, () -> now);
  }

  private void runLooks() {
    looks.forEach(Runnable::run);
    looks.clear();
  }

  private static Journal journal(Destination destination, DestinationSettings folder) {
    return new Journal(destination, new RunSettings(folder, "hash", Check.SHA256, false));
  }

  private static Outcome done(String id) {
    Facts facts = Facts.none().toBuilder().setSourceBytes(1_000).setAttempts(3).build();
    return Outcome.pending(item(id)).done(StoredFile.of(id, 99, "0".repeat(64)), facts);
  }

  private static Outcome failed(String id) {
    return Outcome.pending(item(id))
        .failed(Failure.of("FetchS3Bytes", FailureClass.MISSING, "no such key", 3));
  }

  private static Item item(String id) {
    return Item.of(id, "s3://bucket/" + id, "table.csv line 2", Map.of());
  }
}
