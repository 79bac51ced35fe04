package org.cytobeam.transforms.outcome;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.transforms.Runs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestRowsTest {

  @TempDir Path root;

  private Destination destination;
  private final List<ManifestRow> rows = new ArrayList<>();

  @BeforeEach
  void open() {
    destination = Destinations.open(Runs.folder(root, 1));
  }

  @AfterEach
  void close() throws IOException {
    destination.close();
  }

  @Test
  void givesTheRowsInTheirOrder() throws IOException {
    List<ManifestRow> written = List.of(row("b"), row("a"), row("c"));
    destination.put(RunFolder.MANIFEST, out -> ManifestTable.write(out, written));

    assertThat(ManifestRows.read(destination, rows::add), is(true));
    assertThat(rows, is(written));
  }

  @Test
  void saysThatThereIsNoManifest() throws IOException {
    assertThat(ManifestRows.read(destination, rows::add), is(false));
    assertThat(rows, is(empty()));
  }

  @Test
  void refusesADamagedManifest() throws IOException {
    destination.put(RunFolder.MANIFEST, new byte[] {'P', 'A', 'R', '1'});

    assertThrows(DamagedManifestException.class, () -> ManifestRows.read(destination, rows::add));
  }

  @Test
  void givesTheWarningsAsTheyWereWritten() throws IOException {
    List<Warning> written =
        List.of(
            Warning.of("constant", "=b/c.png", "every \"sample\",\nis 0"),
            Warning.of("duplicate_channel", "a/b", "equal pixels in AGP, DNA"));
    new Manifest(new TreeMap<>(), List.of()).write(destination, written);
    List<Warning> read = new ArrayList<>();

    WarningRows.read(destination, read::add);

    assertThat(read, is(written));
  }

  @Test
  void aFolderWithoutATableHasNoWarnings() throws IOException {
    List<Warning> read = new ArrayList<>();

    WarningRows.read(destination, read::add);

    assertThat(read, is(empty()));
  }

  @Test
  void anAbsentFolderForTemporariesIsNoAbsentTable() throws IOException {
    new Manifest(new TreeMap<>(), List.of()).write(destination, List.of());
    String folder = System.getProperty("java.io.tmpdir", "");
    System.setProperty("java.io.tmpdir", root.resolve("absent").toString());
    try {
      assertThrows(NoSuchFileException.class, () -> ManifestRows.read(destination, rows::add));
      assertThrows(NoSuchFileException.class, () -> WarningRows.read(destination, warning -> {}));
    } finally {
      System.setProperty("java.io.tmpdir", folder);
    }
  }

  private static ManifestRow row(String id) {
    return ManifestRow.of(
        Item.of(id, "s3://b/" + id, "t.csv line 2", Map.of("k", "v")),
        Facts.none().toBuilder().setAttempts(1).build(),
        Failure.of("FetchS3Bytes", FailureClass.MISSING, "gone", 1),
        Runs.OPTIONS,
        Runs.id(1).value(),
        1_000);
  }
}
