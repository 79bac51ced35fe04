package org.cytobeam.transforms.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.cytobeam.transforms.flow.PackedRows;
import org.jspecify.annotations.Nullable;

/**
 * What remains of a part of a plan when that is written, one of three things.
 *
 * @param tally its counts
 * @param rows its missing names in one stretch of rows
 * @param written a stretch whose missing names have a file
 */
record PlanPiece(@Nullable MatchTally tally, @Nullable PackedRows rows, @Nullable Long written) {

  /** Counts go to this place, missing names to those of their stretches. */
  static final long COUNTS = -1;

  static PlanPiece of(MatchTally tally) {
    return new PlanPiece(tally, null, null);
  }

  static PlanPiece of(PackedRows rows) {
    return new PlanPiece(null, rows, null);
  }

  static PlanPiece of(long written) {
    return new PlanPiece(null, null, written);
  }

  /** Adds the counts, if it has any. */
  void addTo(MatchTally all) {
    if (tally != null) {
      all.add(tally);
    }
  }

  /** Returns the missing names. */
  Stream<MissingName> missing() {
    return rows == null ? Stream.empty() : rows.decoded(new MissingName.NameCoder());
  }

  /** Returns the stretch that has a file. */
  Optional<Long> stretch() {
    return Optional.ofNullable(written);
  }

  /** Codes pieces. */
  static final class PieceCoder extends AtomicCoder<PlanPiece> {

    private static final long serialVersionUID = 1L;

    private static final Coder<@Nullable MatchTally> TALLY =
        NullableCoder.of(new MatchTally.TallyCoder());
    private static final Coder<@Nullable PackedRows> ROWS = NullableCoder.of(PackedRows.coder());
    private static final Coder<@Nullable Long> STRETCH = NullableCoder.of(VarLongCoder.of());

    @Override
    public void encode(PlanPiece piece, OutputStream out) throws IOException {
      TALLY.encode(piece.tally(), out);
      ROWS.encode(piece.rows(), out);
      STRETCH.encode(piece.written(), out);
    }

    @Override
    public PlanPiece decode(InputStream in) throws IOException {
      return new PlanPiece(TALLY.decode(in), ROWS.decode(in), STRETCH.decode(in));
    }
  }
}
