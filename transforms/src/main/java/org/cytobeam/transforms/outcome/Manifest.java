package org.cytobeam.transforms.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.LineLogs;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.table.Column;
import org.cytobeam.io.table.CsvTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One row an item of all that is known of an output folder: the manifest with the journal. */
final class Manifest {

  private static final Logger LOG = LoggerFactory.getLogger(Manifest.class);

  private final SortedMap<String, ManifestRow> byId;
  private final List<String> segments;

  /**
   * Creates a manifest of rows.
   *
   * @param segments the journal segments whose rows are among them
   */
  Manifest(SortedMap<String, ManifestRow> byId, List<String> segments) {
    this.byId = Collections.unmodifiableSortedMap(byId);
    this.segments = List.copyOf(segments);
  }

  /**
   * Reads the manifest and the journal of an output folder; one that has none is empty.
   *
   * <p>A torn last line of a journal is what a {@code kill -9} leaves, and ignored; any other line
   * that can't be read is logged, and its item will be looked at again.
   *
   * @throws DamagedManifestException if the manifest can't be read
   */
  static Manifest read(Destination destination) throws IOException {
    return read(destination, path -> true);
  }

  /** Reads the same, without what a run that is still going on has written. */
  static Manifest readBefore(RunId run, Destination destination) throws IOException {
    return read(destination, path -> !path.startsWith(RunFolder.segments(run)));
  }

  private static Manifest read(Destination destination, Predicate<String> wanted)
      throws IOException {
    SortedMap<String, ManifestRow> byId = new TreeMap<>();
    ManifestRows.read(destination, row -> byId.put(row.getItem().getId(), row));
    List<String> segments = destination.list(RunFolder.JOURNAL).stream().filter(wanted).toList();
    for (String path : segments) {
      readSegment(destination, path, byId);
    }
    return new Manifest(byId, segments);
  }

  private static void readSegment(
      Destination destination, String path, SortedMap<String, ManifestRow> byId)
      throws IOException {
    try (Stream<String> lines = LineLogs.lines(destination, path)) {
      for (String line : (Iterable<String>) lines::iterator) {
        add(destination, path, line, byId);
      }
    } catch (NoSuchFileException e) {
      LOG.debug("{} was merged by another run meanwhile", path);
    }
  }

  private static void add(
      Destination destination, String path, String line, SortedMap<String, ManifestRow> byId)
      throws IOException {
    try {
      ManifestRow row = JournalLine.row(line);
      ManifestRow known = byId.get(row.getItem().getId());
      if (known == null || !outlives(known, row, destination)) {
        byId.put(row.getItem().getId(), row);
      }
    } catch (IllegalArgumentException e) {
      LOG.warn("A line of {} is ignored, its item will be looked at again: {}", path, e.toString());
    }
  }

  /**
   * Returns whether a row is to be kept though there is another. Of two runs the later one knows
   * better, but a failure of it does not undo what is done and still there. Clocks are set back and
   * differ between machines: where the row that was written down later is dated before the other,
   * the file decides.
   */
  private static boolean outlives(ManifestRow known, ManifestRow other, Destination destination)
      throws IOException {
    if (!known.done() || known.getRun().equals(other.getRun())) {
      return ManifestRow.better(known, other).equals(known);
    } else if (!other.done()) {
      return StoredFiles.stand(destination, known.getFacts().getFiles(), Check.SIZE);
    }
    return other.getAt() <= known.getAt()
        && StoredFiles.stand(destination, known.getFacts().getFiles(), Check.SHA256);
  }

  /** Returns the rows, sorted by id. */
  Collection<ManifestRow> rows() {
    return byId.values();
  }

  /** Returns the rows by id. */
  SortedMap<String, ManifestRow> byId() {
    return byId;
  }

  /** Returns the journal segments that were read. */
  List<String> segments() {
    return segments;
  }

  /** Writes the manifest, the failures and the warnings. */
  void write(Destination destination, List<Warning> warnings) throws IOException {
    destination.put(RunFolder.MANIFEST, out -> ManifestTable.write(out, rows()));
    destination.put(RunFolder.MANIFEST_LINES, out -> writeLines(out, rows()));
    List<ManifestRow> failed = rows().stream().filter(row -> !row.done()).toList();
    destination.put(RunFolder.FAILURES, out -> FailureTable.write(out, failed));
    destination.put(RunFolder.FAILURE_LINES, out -> writeLines(out, failed));
    destination.put(RunFolder.WARNINGS, out -> writeWarnings(out, warnings));
  }

  private static void writeLines(OutputStream out, Collection<ManifestRow> rows)
      throws IOException {
    for (ManifestRow row : rows) {
      out.write((ManifestJson.line(row) + "\n").getBytes(UTF_8));
    }
  }

  private static void writeWarnings(OutputStream out, List<Warning> warnings) throws IOException {
    List<Column> columns =
        List.of(Column.string("kind"), Column.string("subject"), Column.string("message"));
    CsvTable.write(
        out,
        columns,
        warnings.stream()
            .map(warning -> List.of(warning.getKind(), warning.getSubject(), warning.getMessage()))
            .iterator());
  }
}
