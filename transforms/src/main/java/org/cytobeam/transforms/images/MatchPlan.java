package org.cytobeam.transforms.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.DoFn;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.transforms.flow.PackedRows;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.SharedDestinations;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;
import org.jspecify.annotations.Nullable;

/**
 * The files of a plan: parts with all items, the missing names of every so many rows, and, last of
 * all, {@link MatchAnalysis#MISSING_FILE} and {@link MatchAnalysis#FILE}. Each has a fixed name, so
 * that writing it twice does no harm.
 */
final class MatchPlan {

  private final Destination destination;
  private final String folder;

  MatchPlan(Destination destination, String folder) {
    this.destination = destination;
    this.folder = folder;
  }

  /** Writes a part, sorted. */
  void writePart(int part, List<Outcome> outcomes) throws IOException {
    PackedRows.Builder<Outcome> rows = PackedRows.builder(OutcomeCoder.of());
    List<Outcome> sorted = new ArrayList<>(outcomes);
    sorted.sort(
        Comparator.comparing((Outcome outcome) -> outcome.getItem().getId())
            .thenComparing(outcome -> outcome.getItem().getUri()));
    for (Outcome outcome : sorted) {
      rows.add(outcome);
    }
    PackedRows packed = rows.build();
    destination.put(
        folder + String.format(Locale.ROOT, "/parts/%05d.rows", part),
        out -> PackedRows.coder().encode(packed, out));
  }

  /**
   * Returns the paths of the parts, sorted.
   *
   * @throws java.nio.file.NoSuchFileException if the plan was never finished
   */
  List<String> finishedParts() throws IOException {
    MatchAnalysis.read(destination, folder);
    return destination.list(folder + "/parts");
  }

  /** Returns the rows of a part. */
  Stream<Outcome> readPart(String path) throws IOException {
    try (InputStream in = new BufferedInputStream(destination.open(path), 1 << 16)) {
      return PackedRows.coder().decode(in).decoded(OutcomeCoder.of());
    }
  }

  /** Writes the missing names of a stretch of rows, in their order. */
  void writeMissing(long stretch, Stream<MissingName> sorted) throws IOException {
    destination.put(
        stretchPath(stretch),
        out -> {
          for (MissingName name : (Iterable<MissingName>) sorted::iterator) {
            out.write((name.line() + "\n").getBytes(UTF_8));
          }
        });
  }

  private String stretchPath(long stretch) {
    return folder + String.format(Locale.ROOT, "/missing/%013d.txt", stretch);
  }

  /** Writes what tells that the plan is complete. */
  void finish(Iterable<Long> sortedStretches, MatchAnalysis analysis) throws IOException {
    destination.put(
        folder + "/" + MatchAnalysis.MISSING_FILE,
        out -> {
          for (long stretch : sortedStretches) {
            try (InputStream in = destination.open(stretchPath(stretch))) {
              in.transferTo(out);
            }
          }
        });
    analysis.write(destination, folder);
    destination.sync();
  }

  /** A step that reads or writes a plan. */
  abstract static class PlanFn<I, O> extends DoFn<I, O> {

    private static final long serialVersionUID = 1L;

    private final DestinationSettings settings;
    private final String folder;
    private transient Shared.@Nullable Lease<Destination> destination;

    PlanFn(DestinationSettings settings, String folder) {
      this.settings = settings;
      this.folder = folder;
    }

    /** Opens where the plan is. */
    @Setup
    public void open() throws IOException {
      destination = SharedDestinations.lease(settings);
      opened();
    }

    /** Opens what the step needs besides. */
    void opened() throws IOException {}

    /** Closes what {@link #opened} has opened. */
    void closing() throws IOException {}

    /** Returns the plan. */
    final MatchPlan plan() {
      if (destination == null) {
        throw new IllegalStateException("used before @Setup");
      }
      return new MatchPlan(destination.get(), folder);
    }

    /** Closes all that was opened. */
    @Teardown
    public void close() throws IOException {
      try {
        closing();
      } finally {
        if (destination != null) {
          destination.close();
        }
      }
    }
  }
}
