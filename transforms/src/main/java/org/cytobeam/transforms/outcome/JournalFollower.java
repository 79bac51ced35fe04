package org.cytobeam.transforms.outcome;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.RunId;

/**
 * Reads the journal of a run while the run goes on, each line once.
 *
 * <p>In a folder segments grow, and only those that have are opened; a torn last line is left to
 * the next look. In a bucket a segment is an object that never changes. For use by one thread.
 */
final class JournalFollower {

  private final Destination destination;
  private final String segments;
  private final boolean segmentsGrow;
  private final Map<String, Long> bytesRead = new HashMap<>();
  private final Set<String> ended = new HashSet<>();

  /** Creates a follower that has read nothing yet. */
  JournalFollower(Destination destination, RunId run) {
    this.destination = destination;
    this.segments = RunFolder.segments(run);
    this.segmentsGrow = !destination.root().startsWith("s3://");
  }

  /** Returns whether segments grow, and looking costs little. */
  boolean segmentsGrow() {
    return segmentsGrow;
  }

  /**
   * Gives away the rows of all lines that are new. Damaged ones are left out: whoever merges the
   * journal tells of them.
   *
   * @throws IOException if the journal can't be read now; the next look goes on from there
   */
  void look(Consumer<ManifestRow> rows) throws IOException {
    for (String path : destination.list(RunFolder.JOURNAL)) {
      if (path.startsWith(segments) && hasMore(path)) {
        readOn(path, rows);
      }
    }
  }

  private boolean hasMore(String path) throws IOException {
    if (!segmentsGrow) {
      return !ended.contains(path);
    }
    OptionalLong size = destination.size(path);
    return size.isPresent() && size.getAsLong() > bytesRead.getOrDefault(path, 0L);
  }

  private void readOn(String path, Consumer<ManifestRow> rows) throws IOException {
    long before = bytesRead.getOrDefault(path, 0L);
    try (InputStream in = destination.open(path)) {
      in.skipNBytes(before);
      SegmentLines lines = new SegmentLines(in);
      for (String line = lines.next(); line != null; line = lines.next()) {
        give(line, rows);
        bytesRead.put(path, before + lines.bytes());
      }
      ended.add(path);
    } catch (NoSuchFileException e) {
      // The run has ended and merged it: there is nothing more in it.
    }
  }

  private static void give(String line, Consumer<ManifestRow> rows) {
    ManifestRow row;
    try {
      row = JournalLine.row(line);
    } catch (IllegalArgumentException e) {
      return;
    }
    rows.accept(row);
  }
}
