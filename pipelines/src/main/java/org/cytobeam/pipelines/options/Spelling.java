package org.cytobeam.pipelines.options;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the words that a misspelled word may stand for. */
public final class Spelling {

  private static final int MOST_SUGGESTIONS = 3;

  /** How many letters may differ: one in three, and two in short words. */
  private static final int LETTERS_PER_SLIP = 3;

  private static final int SLIPS_IN_SHORT_WORDS = 2;

  /** Longer words are nobody's slip, and comparing them takes the product of the lengths. */
  private static final int LONGEST_WORD = 100;

  private Spelling() {}

  /**
   * Returns the known words that are nearest to a word: those that begin with it, else those that
   * the fewest slips (a letter too much, missing, wrong, or swapped with the next) lead to.
   *
   * @return at most three words; none if the word is like none of them
   */
  public static List<String> nearest(String word, Collection<String> known) {
    if (word.isEmpty() || word.length() > LONGEST_WORD) {
      return List.of();
    }
    List<String> continued = known.stream().filter(name -> name.startsWith(word)).sorted().toList();
    if (word.length() > SLIPS_IN_SHORT_WORDS && !continued.isEmpty()) {
      return continued.stream().limit(MOST_SUGGESTIONS).toList();
    }
    Map<Integer, List<String>> bySlips = new TreeMap<>();
    for (String name : known) {
      bySlips.computeIfAbsent(slips(word, name), slips -> new ArrayList<>()).add(name);
    }
    return bySlips.entrySet().stream()
        .filter(entry -> entry.getKey() <= mostSlips(word))
        .findFirst()
        .map(entry -> entry.getValue().stream().sorted().limit(MOST_SUGGESTIONS).toList())
        .orElse(List.of());
  }

  private static int mostSlips(String word) {
    return Math.min(
        word.length() - 1, Math.max(SLIPS_IN_SHORT_WORDS, word.length() / LETTERS_PER_SLIP));
  }

  /** The optimal string alignment distance. */
  static int slips(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        row[j] = Math.min(last[j - 1] + (same ? 0 : 1), 1 + Math.min(last[j], row[j - 1]));
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
    }
    return row[to.length()];
  }
}
