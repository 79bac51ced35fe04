package org.cytobeam.transforms.outcome;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cells of one row of a table, by the names of their columns. */
final class ManifestCells {

  private final Map<String, Integer> places;
  private final List<@Nullable Object> cells;

  /**
   * Creates a row.
   *
   * @param places the place of each column, by its name
   */
  ManifestCells(Map<String, Integer> places, List<@Nullable Object> cells) {
    this.places = places;
    this.cells = cells;
  }

  private @Nullable Object cell(String column) {
    Integer place = places.get(column);
    if (place == null) {
      throw new IllegalArgumentException("there is no column " + column);
    }
    return cells.get(place);
  }

  @Nullable String textOrNull(String column) {
    return (String) cell(column);
  }

  String text(String column) {
    String text = textOrNull(column);
    if (text == null) {
      throw new IllegalArgumentException(column + " is empty");
    }
    return text;
  }

  /** Returns a number, 0 if the cell is empty. */
  long number(String column) {
    Long value = (Long) cell(column);
    return value == null ? 0 : value;
  }

  /**
   * Returns the cells that are not empty.
   *
   * @param columnsByName the names to give them, each with that of its column
   */
  <T> Map<String, T> map(Map<String, String> columnsByName, Class<T> type) {
    Map<String, T> map = new HashMap<>();
    columnsByName.forEach(
        (name, column) -> {
          Object value = cell(column);
          if (value != null) {
            map.put(name, type.cast(value));
          }
        });
    return map;
  }
}
