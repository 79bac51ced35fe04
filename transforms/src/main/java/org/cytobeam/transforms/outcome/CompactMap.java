package org.cytobeam.transforms.outcome;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Maps of which many are held at once, all with the same few names: two arrays' worth of memory
 * each instead of a node and a text for every entry.
 */
final class CompactMap {

  /** Tables have some dozens of names; whatever makes more of them is not kept for ever. */
  private static final int MOST_NAMES = 4096;

  private static final ConcurrentMap<String, String> NAMES = new ConcurrentHashMap<>();

  private CompactMap() {}

  /** Returns an unmodifiable copy. */
  static <V> Map<String, V> copyOf(Map<String, V> map) {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Map.Entry<String, V>[] entries = new Map.Entry[map.size()];
    int i = 0;
    for (Map.Entry<String, V> entry : map.entrySet()) {
      entries[i++] = Map.entry(one(entry.getKey()), entry.getValue());
    }
    return Map.ofEntries(entries);
  }

  /** Returns the one text of those that are equal to it. */
  static String one(String name) {
    String known = NAMES.get(name);
    if (known != null) {
      return known;
    }
    if (NAMES.size() < MOST_NAMES) {
      NAMES.put(name, name);
    }
    return name;
  }
}
