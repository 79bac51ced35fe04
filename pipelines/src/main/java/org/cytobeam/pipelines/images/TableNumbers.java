package org.cytobeam.pipelines.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of several numbered things people choose: {@code 1,3}, {@code 1-3}, {@code all}. */
final class TableNumbers {

  private static final Pattern RANGE = Pattern.compile("([0-9]{1,6})(?:\\s*-\\s*([0-9]{1,6}))?");

  private TableNumbers() {}

  /**
   * Returns the numbers, ascending, each once.
   *
   * @param most the largest; the smallest is 1
   * @return empty if the text means none, or one that is not there
   */
  static Optional<List<Integer>> of(String text, int most) {
    Set<Integer> chosen = new TreeSet<>();
    if (text.strip().toLowerCase(Locale.ROOT).equals("all")) {
      addAll(chosen, 1, most);
      return Optional.of(List.copyOf(chosen));
    }
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part.strip());
      if (!range.matches()) {
        return Optional.empty();
      }
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (first < 1 || last < first || last > most) {
        return Optional.empty();
      }
      addAll(chosen, first, last);
    }
    return Optional.of(new ArrayList<>(chosen));
  }

  private static void addAll(Set<Integer> chosen, int first, int last) {
    for (int number = first; number <= last; number++) {
      chosen.add(number);
    }
  }
}
