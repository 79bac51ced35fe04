package org.cytobeam.transforms.outcome;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.transforms.Runs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {

  @TempDir Path root;

  private RunSettings run;
  private Destination destination;

  @BeforeEach
  void open() throws IOException {
    run = Runs.into(root, 1);
    destination = Destinations.open(run.destination());
  }

  @AfterEach
  void close() throws IOException {
    destination.close();
  }

  @Test
  void aLineIsThereBeforeTheJournalIsClosed() throws IOException {
    Outcome done =
        Outcome.pending(Rows.item("a.png"))
            .done(StoredFile.of("a.png", 3, Rows.HASH), Rows.facts("a.png"));
    try (Journal journal = new Journal(destination, run)) {
      journal.append(done);

      List<String> segments = destination.list(RunFolder.JOURNAL);
      assertThat(segments, hasSize(1));
      List<String> lines = Files.readAllLines(root.resolve(segments.get(0)));
      assertThat(lines, hasSize(1));
      ManifestRow row = JournalLine.row(lines.get(0));
      assertThat(row.getItem(), is(done.getItem()));
      assertThat(row.getFacts(), is(done.getFacts()));
      assertThat(row.getRun(), is(run.run().value()));
      assertThat(row.getOptionsHash(), is(Runs.OPTIONS));
    }
  }

  @Test
  void theNameOfASegmentTellsItsRun() throws IOException {
    try (Journal journal = new Journal(destination, run)) {
      journal.append(failed("a.png"));
    }

    assertThat(
        destination.list(RunFolder.JOURNAL),
        contains(matchesPattern("_cytobeam/journal/" + run.run() + "-[0-9a-f]{16}\\.jsonl")));
  }

  @Test
  void twoWritersOfOneRunHaveASegmentEach() throws IOException {
    try (Journal first = new Journal(destination, run);
        Journal second = new Journal(destination, run)) {
      first.append(failed("a.png"));
      second.append(failed("b.png"));
      first.append(failed("c.png"));
    }

    assertThat(destination.list(RunFolder.JOURNAL), hasSize(2));
    assertThat(
        List.copyOf(Manifest.read(destination).byId().keySet()),
        contains("a.png", "b.png", "c.png"));
  }

  @Test
  void aJournalWithoutLinesLeavesNothing() throws IOException {
    new Journal(destination, run).close();

    assertThat(destination.list(""), is(empty()));
  }

  private static Outcome failed(String id) {
    return Outcome.pending(Rows.item(id))
        .failed(Failure.of("Step", FailureClass.MISSING, "two\nlines", 1));
  }
}
