package org.cytobeam.pipelines.report.page;

import java.util.Optional;
import java.util.OptionalInt;
import org.cytobeam.pipelines.report.model.Report;
import org.cytobeam.pipelines.text.Quantity;
import org.cytobeam.transforms.outcome.RunSummary;

/**
 * How a run ended, in a sentence that stands at the top.
 *
 * @param tone how it is to be taken
 * @param headline in a few words
 * @param explanation what it means and what to do
 */
public record Verdict(Tone tone, String headline, String explanation) {

  private static final String GO_ON =
      "What is done stays done: the same command goes on from there.";

  /** How a message is to be taken; it has a sign of its own, so that colour is not needed. */
  public enum Tone {
    /** All is well. */
    GOOD("✓"),
    /** Somebody should look. */
    MIXED("!"),
    /** Something went wrong. */
    BAD("×"),
    /** Nobody knows. */
    OPEN("…");

    private final String sign;

    Tone(String sign) {
      this.sign = sign;
    }

    /** Returns one character. */
    public String sign() {
      return sign;
    }

    /** Returns the name of its style. */
    public String style() {
      return "tone-" + ordinal();
    }
  }

  /** Returns the verdict on a run. */
  public static Verdict of(Report report) {
    if (report.run().exitCode().isEmpty() && report.summary().isPresent()) {
      return finished(report, OptionalInt.empty());
    } else if (report.run().exitCode().isEmpty()) {
      return new Verdict(
          Tone.OPEN,
          "A run without an end",
          "Its record has no end: it is still going on, or it was killed. " + GO_ON);
    }
    int code = report.run().exitCode().getAsInt();
    return switch (code) {
      case 0, 3 -> finished(report, report.run().exitCode());
      case 130 -> new Verdict(Tone.MIXED, "The run was interrupted", GO_ON);
      default ->
          new Verdict(
              Tone.BAD, "The run failed", "Its log says why (exit code " + code + "). " + GO_ON);
    };
  }

  private static Verdict finished(Report report, OptionalInt code) {
    Optional<RunSummary> summary = report.summary();
    if (summary.isEmpty()) {
      return new Verdict(Tone.OPEN, "The run finished", "It left no summary.");
    }
    String noun = Nouns.of(report);
    long items = summary.get().getItems();
    long failed = summary.get().failed();
    if (items == 0) {
      return new Verdict(
          Tone.MIXED, "Nothing to do", "The run found no " + noun + " to make" + exit(code) + ".");
    } else if (failed == 0) {
      return new Verdict(
          Tone.GOOD,
          items == 1
              ? "One " + noun + ", and it is done"
              : "All " + Quantity.of(items, noun) + " are done",
          "Each has a proof in the manifest, which also says what the fetched bytes were held"
              + " against: a checksum, or their length alone"
              + exit(code)
              + ".");
    }
    return new Verdict(
        Tone.MIXED,
        Quantity.whole(failed) + " of " + Quantity.of(items, noun) + " failed",
        (code.orElse(3) == 0
                ? "That is not more than --max_failed_share allows"
                : "The others are done. The same command tries the failed ones again")
            + exit(code)
            + ".");
  }

  /** Returns nothing of a run whose end nobody waited for: it told no shell how it ended. */
  private static String exit(OptionalInt code) {
    return code.isPresent() ? " (exit code " + code.getAsInt() + ")" : "";
  }
}
