package org.cytobeam.transforms.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Counts what becomes of names, a part of them at a time; parts add up to a {@link MatchAnalysis}.
 * All items of a name must be in one part. For use by one thread.
 */
final class MatchTally {

  /** What is counted. */
  private enum Count {
    ROWS,
    NAMES,
    AVAILABLE,
    MISSING,
    AMBIGUOUS,
    CLASHES,
    BAD_NAMES,
    UNANSWERED,
    DONE,
    EARLIER,
    BYTES_DONE,
    TO_FETCH,
    BYTES_TO_FETCH
  }

  /** Of what examples are kept. */
  private enum Kind {
    MISSING,
    AMBIGUOUS,
    CLASHES
  }

  private record Example(long order, String name, String problem) {}

  private static final Comparator<Example> IN_ORDER =
      Comparator.comparingLong(Example::order)
          .thenComparing(Example::name)
          .thenComparing(Example::problem);

  private final long[] counts = new long[Count.values().length];
  private final List<List<Example>> examples = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  MatchTally() {
    for (int i = 0; i < Kind.values().length; i++) {
      examples.add(new ArrayList<>());
    }
  }

  /**
   * Counts an item.
   *
   * @param presence whether its file is there
   * @param order where its row stands
   */
  void add(Outcome outcome, Presence presence, long order) {
    Item item = outcome.getItem();
    String name = item.getKeys().getOrDefault(ImageKeys.NAME, item.getInput());
    if (seen.add(name)) {
      add(Count.ROWS, MatchedItems.rows(item));
      add(Count.NAMES, 1);
    }
    Failure failure = outcome.getFailure();
    if (failure != null) {
      add(outcome, failure, name, order);
      return;
    }
    long bytes = outcome.getFacts().getSourceBytes();
    add(Count.AVAILABLE, 1);
    boolean done = presence != Presence.NONE;
    add(done ? Count.DONE : Count.TO_FETCH, 1);
    add(done ? Count.BYTES_DONE : Count.BYTES_TO_FETCH, bytes);
    if (presence == Presence.EARLIER) {
      add(Count.EARLIER, 1);
    }
  }

  private void add(Outcome outcome, Failure failure, String name, long order) {
    switch (failure.getFailureClass()) {
      case MISSING -> {
        add(Count.MISSING, 1);
        keep(Kind.MISSING, new Example(order, name, ""));
      }
      case AMBIGUOUS -> {
        boolean clash = Clashes.isClash(outcome);
        add(clash ? Count.CLASHES : Count.AMBIGUOUS, 1);
        keep(clash ? Kind.CLASHES : Kind.AMBIGUOUS, new Example(order, name, failure.getMessage()));
      }
      case BAD_NAME, BAD_ROW -> add(Count.BAD_NAMES, 1);
      default -> add(Count.UNANSWERED, 1);
    }
  }

  /** Adds a part with other names. */
  void add(MatchTally part) {
    for (Count count : Count.values()) {
      add(count, part.counts[count.ordinal()]);
    }
    for (Kind kind : Kind.values()) {
      part.examples.get(kind.ordinal()).forEach(example -> keep(kind, example));
    }
  }

  private void add(Count count, long more) {
    counts[count.ordinal()] += more;
  }

  private void keep(Kind kind, Example example) {
    List<Example> kept = examples.get(kind.ordinal());
    kept.add(example);
    kept.sort(IN_ORDER);
    if (kept.size() > MatchAnalysis.MOST_LISTED) {
      kept.remove(kept.size() - 1);
    }
  }

  /** Returns what was counted. */
  MatchAnalysis analysis() {
    return MatchAnalysis.builder()
        .setRows(count(Count.ROWS))
        .setNames(count(Count.NAMES))
        .setAvailable(count(Count.AVAILABLE))
        .setMissing(count(Count.MISSING))
        .setAmbiguous(count(Count.AMBIGUOUS))
        .setClashes(count(Count.CLASHES))
        .setBadNames(count(Count.BAD_NAMES))
        .setUnanswered(count(Count.UNANSWERED))
        .setAlreadyDone(count(Count.DONE))
        .setEarlier(count(Count.EARLIER))
        .setBytesDone(count(Count.BYTES_DONE))
        .setToFetch(count(Count.TO_FETCH))
        .setBytesToFetch(count(Count.BYTES_TO_FETCH))
        .setMissingNames(kept(Kind.MISSING, Example::name))
        .setAmbiguousNames(kept(Kind.AMBIGUOUS, Example::problem))
        .setClashingNames(
            kept(Kind.CLASHES, clash -> ClashingName.of(clash.name(), clash.problem())))
        .build();
  }

  private long count(Count count) {
    return counts[count.ordinal()];
  }

  private <T> List<T> kept(Kind kind, Function<Example, T> shown) {
    return examples.get(kind.ordinal()).stream().map(shown).toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MatchTally tally
        && Arrays.equals(counts, tally.counts)
        && examples.equals(tally.examples);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(counts) + examples.hashCode();
  }

  /** Codes tallies; which names were seen is lost, and not needed any more. */
  static final class TallyCoder extends AtomicCoder<MatchTally> {

    private static final long serialVersionUID = 1L;

    private static final VarLongCoder LONG = VarLongCoder.of();
    private static final VarIntCoder INTEGER = VarIntCoder.of();
    private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

    @Override
    public void encode(MatchTally tally, OutputStream out) throws IOException {
      for (long count : tally.counts) {
        LONG.encode(count, out);
      }
      for (List<Example> kept : tally.examples) {
        INTEGER.encode(kept.size(), out);
        for (Example example : kept) {
          LONG.encode(example.order(), out);
          TEXT.encode(example.name(), out);
          TEXT.encode(example.problem(), out);
        }
      }
    }

    @Override
    public MatchTally decode(InputStream in) throws IOException {
      MatchTally tally = new MatchTally();
      for (int i = 0; i < tally.counts.length; i++) {
        tally.counts[i] = LONG.decode(in);
      }
      for (List<Example> kept : tally.examples) {
        int count = INTEGER.decode(in);
        for (int i = 0; i < count; i++) {
          kept.add(new Example(LONG.decode(in), TEXT.decode(in), TEXT.decode(in)));
        }
      }
      return tally;
    }
  }
}
