package org.cytobeam.io.destination;

import static java.time.ZoneOffset.UTC;

import java.io.Serializable;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The name of one run: when it started, and chance, as in {@code 20261122T093000Z-1a2b3c4d}.
 *
 * <p>Ids sort by their start to the millisecond. They are plain ASCII without a dot, so that they
 * can stand in file names and be found in them again.
 *
 * @param value the UTC start to the second, a hyphen and 8 lower-case hexadecimal digits: 3 for the
 *     milliseconds, 5 by chance
 */
public record RunId(String value) implements Comparable<RunId>, Serializable {

  private static final Pattern FORM = Pattern.compile("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}");
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(UTC);

  /** Throws {@link IllegalArgumentException} for what is no id. */
  public RunId {
    if (!isRunId(value)) {
      throw new IllegalArgumentException(
          "'" + value + "' is no run id such as 20261122T093000Z-1a2b3c4d");
    }
  }

  /** Returns a new id for a run that starts at a time. */
  public static RunId startingAt(Instant start) {
    int milli = start.atOffset(UTC).get(ChronoField.MILLI_OF_SECOND);
    int chance = ThreadLocalRandom.current().nextInt(1 << 20);
    return new RunId(START.format(start) + String.format(Locale.ROOT, "-%03x%05x", milli, chance));
  }

  /** Returns when the run started, to the second. */
  public Instant start() {
    return START.parse(value.substring(0, value.indexOf('-')), Instant::from);
  }

  /** Returns whether a text has the form of an id. */
  public static boolean isRunId(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  /** Returns {@link #value()}. */
  @Override
  public String toString() {
    return value;
  }
}
