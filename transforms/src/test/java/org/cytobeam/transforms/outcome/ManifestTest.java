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
import org.cytobeam.io.destination.LineLog;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.transforms.Runs;
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
  void linesAreReadAgain() {
    ManifestRow done = Rows.done("a.png", 1000);
    ManifestRow failed = Rows.failed("b.png", 2000);

    assertThat(ManifestJson.row(ManifestJson.line(done)), is(done));
    assertThat(ManifestJson.row(ManifestJson.line(failed)), is(failed));
    assertThat(ManifestJson.row(JournalLine.of(done)), is(done));
    assertThat(JournalLine.row(JournalLine.of(failed)), is(failed));
    assertThat(JournalLine.of(failed).contains("\n"), is(false));
  }

  @Test
  void aLineOfTheJournalWithAnotherDigitIsNone() {
    String line = JournalLine.of(Rows.done("a.png", 1000));

    assertThrows(
        IllegalArgumentException.class,
        () -> JournalLine.row(line.replace("\"source_bytes\":1234", "\"source_bytes\":1235")));
    assertThrows(
        IllegalArgumentException.class,
        () -> JournalLine.row(ManifestJson.line(Rows.done("a.png", 1000))));
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

  /** Fault P11: the clock is set back between two runs, the second of which is killed. */
  @Test
  void whatWasWrittenLaterCountsThoughItsClockWasBehind() throws IOException {
    try (Destination destination = Destinations.open(run.destination())) {
      writeManifest(destination, done(destination, "a.png", "old", 1, 9000));
      ManifestRow later = done(destination, "a.png", "new", 2, 1000);
      writeJournal(destination, later);

      assertThat(Manifest.read(destination).byId().get("a.png"), is(later));
    }
  }

  /** A run that is killed after it has merged a journal, and before it has removed it. */
  @Test
  void aJournalThatWasMergedChangesNothing() throws IOException {
    try (Destination destination = Destinations.open(run.destination())) {
      ManifestRow earlier = done(destination, "a.png", "old", 1, 1000);
      ManifestRow later = done(destination, "a.png", "new", 2, 9000);
      writeManifest(destination, later);
      writeJournal(destination, earlier);

      assertThat(Manifest.read(destination).byId().get("a.png"), is(later));
    }
  }

  @Test
  void aFailureCountsThoughItsClockWasBehindIfTheFileIsGone() throws IOException {
    try (Destination destination = Destinations.open(run.destination())) {
      ManifestRow done = done(destination, "a.png", "old", 1, 9000);
      writeManifest(destination, done);
      writeJournal(destination, Rows.failed("a.png", 1000));
      assertThat(Manifest.read(destination).byId().get("a.png"), is(done));

      destination.delete("a.png");

      assertThat(Manifest.read(destination).byId().get("a.png"), is(Rows.failed("a.png", 1000)));
    }
  }

  private static ManifestRow done(Destination destination, String id, String text, int run, long at)
      throws IOException {
    StoredFile file = StoredFile.of(id, destination.put(id, text.getBytes(UTF_8)));
    Facts facts = Facts.none().toBuilder().setFiles(List.of(file)).build();
    return ManifestRow.of(Rows.item(id), facts, null, "hash", Runs.id(run).value(), at);
  }

  private static void writeManifest(Destination destination, ManifestRow row) throws IOException {
    TreeMap<String, ManifestRow> rows = new TreeMap<>();
    rows.put(row.getItem().getId(), row);
    new Manifest(rows, List.of()).write(destination, List.of());
  }

  private static void writeJournal(Destination destination, ManifestRow row) throws IOException {
    String segment = RunFolder.segment(new RunId(row.getRun()), "0123456789abcdef");
    try (LineLog log = destination.log(segment)) {
      log.append(JournalLine.of(row));
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
