package org.cytobeam.pipelines.report.model;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a well is on its plate.
 *
 * @param row from 0, which is A
 * @param column from 0, which is 1
 */
public record WellPosition(int row, int column) implements Comparable<WellPosition> {

  private static final int LETTERS = 26;

  /** {@code B7}, {@code b07}, {@code AF48}. */
  private static final Pattern LETTERS_AND_NUMBER =
      Pattern.compile("([A-Za-z]{1,2})0*([1-9][0-9]?)");

  /** {@code r02c07}, as Harmony names wells. */
  private static final Pattern ROW_AND_COLUMN =
      Pattern.compile("[Rr]0*([1-9][0-9]?)[Cc]0*([1-9][0-9]?)");

  private static final Comparator<WellPosition> ORDER =
      Comparator.comparingInt(WellPosition::row).thenComparingInt(WellPosition::column);

  /** Returns the position that a well's name tells; empty if it tells none. */
  public static Optional<WellPosition> parse(String name) {
    Matcher letters = LETTERS_AND_NUMBER.matcher(name);
    if (letters.matches()) {
      return Optional.of(
          new WellPosition(rowOf(letters.group(1)), Integer.parseInt(letters.group(2)) - 1));
    }
    Matcher numbers = ROW_AND_COLUMN.matcher(name);
    return numbers.matches()
        ? Optional.of(
            new WellPosition(
                Integer.parseInt(numbers.group(1)) - 1, Integer.parseInt(numbers.group(2)) - 1))
        : Optional.empty();
  }

  private static int rowOf(String letters) {
    int row = 0;
    for (char letter : letters.toUpperCase(Locale.ROOT).toCharArray()) {
      row = row * LETTERS + (letter - 'A' + 1);
    }
    return row - 1;
  }

  /** Returns the letters of a row, counted from 0: A to Z, then AA, AB and so on. */
  public static String letters(int row) {
    String last = String.valueOf((char) ('A' + row % LETTERS));
    return row < LETTERS ? last : letters(row / LETTERS - 1) + last;
  }

  @Override
  public int compareTo(WellPosition other) {
    return ORDER.compare(this, other);
  }
}
