package org.cytobeam.io.table;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table to be written: its name and the one type of its values, any of which may be
 * null.
 *
 * @param name its name; not empty, and no other column of the table has it
 * @param type the type of its values
 */
public record Column(String name, Type type) {

  /** The types that every format written here has. */
  public enum Type {
    /** {@link String}; an unpaired surrogate, which UTF-8 can't say, is written as {@code ?}. */
    STRING(String.class),
    /** {@link Long}. */
    INT64(Long.class),
    /** {@link Double}, NaN and infinities included. */
    DOUBLE(Double.class),
    /** {@link Boolean}. */
    BOOLEAN(Boolean.class);

    private final Class<?> javaType;

    Type(Class<?> javaType) {
      this.javaType = javaType;
    }
  }

  /** Refuses an empty name. */
  public Column {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a column needs a name");
    }
  }

  /** Returns a column of texts. */
  public static Column string(String name) {
    return new Column(name, Type.STRING);
  }

  /** Returns a column of whole numbers. */
  public static Column int64(String name) {
    return new Column(name, Type.INT64);
  }

  /** Returns a column of floating point numbers. */
  public static Column float64(String name) {
    return new Column(name, Type.DOUBLE);
  }

  /** Returns a column of truth values. */
  public static Column bool(String name) {
    return new Column(name, Type.BOOLEAN);
  }

  /** Refuses no columns and columns of one name. */
  static void requireDistinct(List<Column> columns) {
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("two columns are named " + column.name());
      }
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a table needs a column");
    }
  }

  /** Refuses a row that does not have one value of the right type, or null, for each column. */
  static void requireFits(List<Column> columns, List<? extends @Nullable Object> row) {
    if (row.size() != columns.size()) {
      throw new IllegalArgumentException(
          "a row has " + row.size() + " values for " + columns.size() + " columns");
    }
    for (int i = 0; i < columns.size(); i++) {
      Object value = row.get(i);
      Column column = columns.get(i);
      if (value != null && !column.type.javaType.isInstance(value)) {
        throw new IllegalArgumentException(
            "column " + column.name + " is " + column.type + ", not " + value.getClass().getName());
      }
    }
  }
}
