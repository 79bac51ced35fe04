package org.cytobeam.io.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns that were asked for and are there, in the table's order. */
final class TableColumns {

  private final List<String> names;
  private final Map<String, Integer> indexes;

  /** Creates the columns of names that are all different. */
  TableColumns(List<String> names) {
    this.names = List.copyOf(names);
    this.indexes = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      indexes.put(names.get(i), i);
    }
  }

  List<String> names() {
    return names;
  }

  int size() {
    return names.size();
  }

  /** Returns the place of a column among those asked for, or -1. */
  int indexOf(String name) {
    return indexes.getOrDefault(name, -1);
  }
}
