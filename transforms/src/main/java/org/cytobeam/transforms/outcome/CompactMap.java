package org.cytobeam.transforms.outcome;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/**
 * Maps of which many are held at once, all with the same few names: an array each instead of a node
 * and a text for every entry.
 */
final class CompactMap {

  /**
   * Names, plates and wells are some hundreds; whatever makes more of them is not kept for ever.
   */
  private static final int MOST_TEXTS = 8192;

  private static final ConcurrentMap<String, String> TEXTS = new ConcurrentHashMap<>();

  private CompactMap() {}

  /** Returns an unmodifiable copy of a map to texts, which many maps have in common too. */
  static Map<String, String> ofTexts(Map<String, String> map) {
    return copy(map, CompactMap::one);
  }

  /** Returns an unmodifiable copy. */
  static <V> Map<String, V> copyOf(Map<String, V> map) {
    return copy(map, UnaryOperator.identity());
  }

  private static <V> Map<String, V> copy(Map<String, V> map, UnaryOperator<V> value) {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Map.Entry<String, V>[] entries = new Map.Entry[map.size()];
    int i = 0;
    for (Map.Entry<String, V> entry : map.entrySet()) {
      entries[i++] = Map.entry(one(entry.getKey()), value.apply(entry.getValue()));
    }
    return Map.ofEntries(entries);
  }

  /** Returns the one text of those that are equal to it. */
  static String one(String text) {
    String known = TEXTS.get(text);
    if (known != null) {
      return known;
    }
    if (TEXTS.size() < MOST_TEXTS) {
      TEXTS.put(text, text);
    }
    return text;
  }
}
