package org.cytobeam.transforms.outcome;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cytobeam.io.table.Column;

/**
 * Gives names to the columns of a table beside some that it always has: a name that is taken gets a
 * {@code _} at its end, so that a job may name its keys as it likes.
 */
final class ColumnNames {

  private final Set<String> taken = new HashSet<>();

  ColumnNames(List<Column> fixed) {
    fixed.forEach(column -> taken.add(column.name()));
  }

  /** Returns the name of the next column: the one given, or the nearest to it that is free. */
  String take(String name) {
    String free = name;
    while (!taken.add(free)) {
      free += "_";
    }
    return free;
  }
}
