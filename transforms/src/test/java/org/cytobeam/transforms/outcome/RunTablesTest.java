package org.cytobeam.transforms.outcome;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        public List<StoredFile> write(MergedRows rows) {
          return List.of();
        }
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

  @Test
  void aForcedFailureDoesNotUndoWhatIsDoneAndStillThere() throws IOException {
    run(done("p/1.png"));

    force(image("p/1.png", 2));

    assertThat(isDone("p/1.png"), is(true));
  }

  @Test
  void aForcedFailureCountsIfTheFileIsGone() throws IOException {
    run(done("p/1.png"));
    Files.delete(folder.resolve("p/1.png"));

    force(image("p/1.png", 2));

    assertThat(isDone("p/1.png"), is(false));
  }

  @Test
  void theJournalOfAKilledRunUndoesWhatIsNoLongerThere() throws IOException {
    run(done("p/1.png"), done("p/2.png"));
    Files.delete(folder.resolve("p/1.png"));
    try (Destination destination = Destinations.open(settings());
        Journal journal =
            new Journal(destination, new RunSettings(settings(), "hash", Check.SHA256, false))) {
      journal.append(image("p/1.png", 2));
      journal.append(image("p/2.png", 3));
    }

    assertThat(isDone("p/1.png"), is(false));
    assertThat(isDone("p/2.png"), is(true));
  }

  @Test
  void warningsOfOtherItemsAreNotCounted() throws IOException {
    JobTables job = new WarningOfEachItem();
    write(job, false, image("p/a__1.png", 2));

    RunSummary summary = write(job, false, image("p/b__1.png", 3));

    assertThat(summary.getWarningsByKind(), is(Map.of("odd", 1L)));
  }

  @Test
  void bytesAndTimesAreThoseOfTheRun() throws IOException {
    run(done("p/1.png"), done("p/2.png"));
    Facts fetched =
        Facts.none().toBuilder().setSourceBytes(50).setMillis(Map.of("Fetch", 4.0)).build();
    Outcome cut =
        Outcome.pending(image("p/3.png", 4).getItem())
            .withBytes(new byte[0], fetched)
            .failed(Failure.of("Decode", FailureClass.TRUNCATED, "it is cut", 1));
    Outcome written =
        Outcome.pending(image("p/4.png", 5).getItem())
            .done(StoredFile.of("p/4.png", 7, Rows.HASH), fetched.withMillis("Write", 1.0));

    RunSummary summary =
        write(
            NO_TABLES,
            false,
            Outcome.pending(image("p/1.png", 2).getItem()).alreadyDone(),
            image("p/5.png", 6),
            cut,
            written);

    assertThat(summary.getItems(), is(4L));
    assertThat(summary.getBytesAlreadyDone(), is(3L));
    assertThat(summary.getBytesFetched(), is(50L));
    assertThat(summary.getBytesWritten(), is(7L));
    assertThat(summary.getBytesFailedByClass(), is(Map.of("missing", 0L, "truncated", 50L)));
    assertThat(
        summary.getSteps(),
        is(
            Map.of(
                "Fetch", Distribution.of(2, 4, 4, 4, 4, 4),
                "Write", Distribution.of(1, 1, 1, 1, 1, 1))));
  }

  private static final class WarningOfEachItem implements JobTables {

    private static final long serialVersionUID = 1L;

    @Override
    public List<Warning> warnings(MergedRows rows) {
      return rows.byId().keySet().stream()
          .map(id -> Warning.of("odd", id.replace("__1.png", ""), "odd"))
          .toList();
    }

    @Override
    public List<StoredFile> write(MergedRows rows) {
      return List.of();
    }
  }

  private void run(Outcome... outcomes) throws IOException {
    write(NO_TABLES, false, outcomes);
  }

  private void force(Outcome... outcomes) throws IOException {
    write(NO_TABLES, true, outcomes);
  }

  private RunSummary write(JobTables job, boolean force, Outcome... outcomes) throws IOException {
    RunSettings run = new RunSettings(settings(), "hash", Check.SHA256, force);
    return new RunTables(run, job).write(List.of(outcomes));
  }

  private boolean isDone(String id) throws IOException {
    try (Destination destination = Destinations.open(settings())) {
      return Objects.requireNonNull(Manifest.read(destination).byId().get(id)).done();
    }
  }

  private Outcome done(String id) throws IOException {
    try (Destination destination = Destinations.open(settings())) {
      StoredFile file = StoredFile.of(id, destination.put(id, new byte[] {1, 2, 3}));
      return Outcome.pending(image(id, 2).getItem()).done(file, Facts.none());
    }
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
