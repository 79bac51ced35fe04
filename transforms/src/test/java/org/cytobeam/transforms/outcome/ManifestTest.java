package org.cytobeam.transforms.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestTest {

  @TempDir Path root;

  private RunSettings run;

  @BeforeEach
  void openRun() {
    DestinationSettings settings =
        new DestinationSettings(
            root.toString(), new RunId("20260101T000000Z-00000001"), Durability.RUN);
    run = new RunSettings(settings, "hash", Check.SHA256, false);
  }

  @Test
  void aFolderWithoutOneHasNoRows() throws IOException {
    try (Destination destination = Destinations.open(run.destination())) {
      assertThat(Manifest.read(destination).rows(), is(empty()));
    }
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    TreeMap<String, ManifestRow> rows = new TreeMap<>();
    rows.put("a.png", Rows.done("a.png", 1000));
    rows.put("b.png", Rows.failed("b.png", 2000));
    try (Destination destination = Destinations.open(run.destination())) {
      new Manifest(rows, List.of()).write(destination, List.of());

      assertThat(Manifest.read(destination).byId(), is(rows));
    }
  }

  @Test
  void theLinesAreThoseOfTheJournal() throws IOException {
    ManifestRow done = Rows.done("a.png", 1000);
    ManifestRow failed = Rows.failed("b.png", 2000);

    assertThat(ManifestJson.row(ManifestJson.line(done)), is(done));
    assertThat(ManifestJson.row(ManifestJson.line(failed)), is(failed));
    assertThat(ManifestJson.line(failed).contains("\n"), is(false));
  }

  @Test
  void theJournalCountsThoughItsLastLineIsTorn() throws IOException {
    try (Destination destination = Destinations.open(run.destination());
        Journal journal = new Journal(destination, run)) {
      Outcome pending = Outcome.pending(Rows.item("a.png"));
      journal.append(pending.done(StoredFile.of("a.png", 3, Rows.HASH), Facts.none()));
      journal.append(
          Outcome.pending(Rows.item("b.png"))
              .failed(Failure.of("Step", FailureClass.DENIED, "no", 1)));
      Path segment = root.resolve(destination.list(RunFolder.JOURNAL).get(0));
      Files.write(segment, "{\"id\":\"c.png\",\"sta".getBytes(UTF_8), StandardOpenOption.APPEND);

      Manifest manifest = Manifest.read(destination);

      assertThat(List.copyOf(manifest.byId().keySet()), contains("a.png", "b.png"));
      assertThat(manifest.segments().size(), is(1));
    }
  }

  @Test
  void aDamagedManifestIsRefusedWithTheMend() throws IOException {
    TreeMap<String, ManifestRow> rows = new TreeMap<>();
    rows.put("a.png", Rows.done("a.png", 1000));
    try (Destination destination = Destinations.open(run.destination())) {
      new Manifest(rows, List.of()).write(destination, List.of());
      Path file = root.resolve(RunFolder.MANIFEST);
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));

      IOException thrown = assertThrows(IOException.class, () -> Manifest.read(destination));

      assertThat(thrown.getMessage(), containsString("move it away to go on"));
    }
  }

  @Test
  void doneGoesBeforeFailedAndLaterBeforeEarlier() {
    ManifestRow done = Rows.done("a.png", 1000);
    ManifestRow failed = Rows.failed("a.png", 2000);
    ManifestRow later = Rows.done("a.png", 3000);

    assertThat(ManifestRow.better(done, failed), is(done));
    assertThat(ManifestRow.better(failed, done), is(done));
    assertThat(ManifestRow.better(done, later), is(later));
    assertThat(ManifestRow.better(later, done), is(later));
  }
}
