package org.cytobeam.transforms.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cytobeam.io.bytes.Hash;
import org.cytobeam.transforms.Runs;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.outcome.MergedRows;
import org.cytobeam.transforms.outcome.StoredFile;
import org.cytobeam.transforms.outcome.Warning;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageTablesTest {

  private static final long START = 1_767_225_600_000L; // 2026-01-01T00:00:00Z, as Runs have it

  @TempDir Path root;

  private final SortedMap<String, ManifestRow> rows = new TreeMap<>();
  private ImageTables tables;

  @BeforeEach
  void open() {
    tables = new ImageTables(Runs.into(root, 1), "cytobeam 1");
  }

  private void done(String id, String name, long bytes, long at) {
    StoredFile file = StoredFile.of(id, bytes, Hash.SHA256.hex(id));
    Facts facts = Facts.none().toBuilder().setFiles(List.of(file)).build();
    add(ManifestRow.of(item(id, name), facts, null, "hash", "run", at));
  }

  private void failed(String id, String name, FailureClass why, long at) {
    Failure failure = Failure.of("X", why, "no", 1);
    add(ManifestRow.of(item(id, name), Facts.none(), failure, "hash", "run", at));
  }

  private static Item item(String id, String name) {
    Map<String, String> keys = name.isEmpty() ? Map.of() : Map.of(ImageKeys.NAME, name);
    return Item.of(id, "s3://b/" + id, "t.txt line 1", keys);
  }

  private void add(ManifestRow row) {
    rows.put(row.getItem().getId(), row);
  }

  private MergedRows merged(String... ofRun) {
    return new MergedRows(rows, Set.of(ofRun));
  }

  private static SortedSet<String> names(String... names) {
    return new TreeSet<>(List.of(names));
  }

  @Test
  void everyNameIsWhatBecameOfIt() {
    done("a.jpg", "a.jpg", 1, START + 1_000);
    failed("b.jpg", "b.jpg", FailureClass.MISSING, START + 2_000);
    failed("c.jpg", "c.jpg", FailureClass.DENIED, START + 3_000);
    failed("t.txt line 7", "", FailureClass.BAD_ROW, START + 9_000);
    done("other.png", "", 1, START + 9_000);

    assertThat(
        tables.state(merged(), "before", ZoneOffset.UTC),
        is(
            new DownloadState(
                names("a.jpg"),
                names("c.jpg"),
                names("b.jpg"),
                "before",
                "2026-01-01T00:00:03",
                "cytobeam 1")));
  }

  @Test
  void ofSeveralObjectsAllMustBeDone() {
    done("1/a.jpg", "a", 1, START);
    done("2/a.jpg", "a", 1, START);
    done("1/b.jpg", "b", 1, START);
    failed("2/b.jpg", "b", FailureClass.MISSING, START);

    DownloadState state = tables.state(merged(), null, ZoneOffset.UTC);

    assertThat(state.downloaded(), is(names("a")));
    assertThat(state.failed(), is(names("b")));
    assertThat(state.startTime(), is("2026-01-01T00:00:00"));
  }

  @Test
  void whatTheRunMadeOfANameGoesBeforeWhatOthersDid() {
    failed("a", "a", FailureClass.MISSING, START);
    done("a.png", "a", 1, START);

    assertThat(tables.state(merged("a.png"), null, ZoneOffset.UTC).downloaded(), is(names("a")));
    assertThat(tables.state(merged("a"), null, ZoneOffset.UTC).skipped(), is(names("a")));
  }

  @Test
  void emptyFilesAreWarnedOf() {
    done("a.jpg", "a.jpg", 0, START);
    done("b.jpg", "b.jpg", 1, START);
    done("c.jpg", "", 0, START);

    assertThat(
        tables.warnings(merged()),
        is(List.of(Warning.of("empty_file", "a.jpg", "s3://b/a.jpg has no bytes"))));
  }

  @Test
  void theFileKeepsItsStartAndIsTheSameForTheSameRows() throws IOException {
    Path file = root.resolve(DownloadState.FILE);
    Files.write(file, "{\"start_time\": \"2020-02-02T02:02:02\"}".getBytes(UTF_8));
    done("a.jpg", "a.jpg", 1, START + 1);

    List<StoredFile> written = tables.write(merged());

    byte[] bytes = Files.readAllBytes(file);
    assertThat(
        written,
        is(List.of(StoredFile.of(DownloadState.FILE, bytes.length, Hash.SHA256.hex(bytes)))));
    assertThat(
        read(file), is(tables.state(merged(), "2020-02-02T02:02:02", ZoneId.systemDefault())));
    tables.write(merged());
    assertThat(Files.readAllBytes(file), is(bytes));
  }

  @Test
  void aBrokenFileIsReplacedAndKeptUnderAnotherName() throws IOException {
    Path file = root.resolve(DownloadState.FILE);
    Files.write(file, "{\"downloaded\": [".getBytes(UTF_8));

    tables.write(merged());

    assertThat(read(file), is(tables.state(merged(), null, ZoneId.systemDefault())));
    assertThat(
        Files.readString(root.resolve("download_state.json.unread")), is("{\"downloaded\": ["));
  }

  private static DownloadState read(Path file) throws IOException {
    return DownloadStateTest.read(Files.readAllBytes(file));
  }
}
