package org.cytobeam.transforms.images;

import java.io.Serializable;
import java.util.List;

/** The order of rows: by table, as the tables were given, then by line. */
final class TableOrder implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Lines beyond the trillionth are not told apart. */
  private static final int LINE_BITS = 40;

  private static final long LAST_LINE = (1L << LINE_BITS) - 1;

  private final List<String> tables;

  /**
   * Creates the order.
   *
   * @param addresses of the tables; rows of others come last
   */
  TableOrder(List<String> addresses) {
    this.tables = addresses.stream().map(NameTable::label).distinct().toList();
  }

  /** Returns where a row stands, from 0: smaller for rows that come before. */
  long of(ListedName row) {
    return of(row.getInput());
  }

  /** As {@link #of(ListedName)}, for the table and line of a row. */
  long of(String input) {
    int number = input.lastIndexOf(' ');
    int word = number < 0 ? -1 : input.lastIndexOf(' ', number - 1);
    int table = word < 0 ? -1 : tables.indexOf(input.substring(0, word));
    return ((long) (table < 0 ? tables.size() : table) << LINE_BITS)
        | Math.min(line(input.substring(number + 1)), LAST_LINE);
  }

  /** Compares the tables and lines of two rows. */
  int compare(String input, String other) {
    int byPlace = Long.compare(of(input), of(other));
    return byPlace == 0 ? input.compareTo(other) : byPlace;
  }

  private static long line(String text) {
    try {
      return Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      return LAST_LINE;
    }
  }
}
