package org.cytobeam.io.table;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a table: its cells as text, or why they can't be had.
 *
 * <p>Cells are never guessed to be numbers, so {@code 0012} stays {@code 0012}. Immutable.
 */
public final class TableRow {

  private final TableColumns columns;
  private final Place place;
  private final long number;
  private final @Nullable String[] cells;
  private final @Nullable String problem;

  /** What a row's number counts. */
  enum Place {
    LINE("line"),
    ROW("row");

    private final String word;

    Place(String word) {
      this.word = word;
    }

    String at(long number) {
      return word + " " + number;
    }
  }

  private TableRow(
      TableColumns columns,
      Place place,
      long number,
      @Nullable String[] cells,
      @Nullable String problem) {
    this.columns = columns;
    this.place = place;
    this.number = number;
    this.cells = cells;
    this.problem = problem;
  }

  /** Creates a row of one cell a selected column; the array is not copied. */
  static TableRow of(TableColumns columns, Place place, long number, @Nullable String[] cells) {
    return new TableRow(columns, place, number, cells, null);
  }

  /** Creates a row that can't be read. */
  static TableRow unreadable(TableColumns columns, Place place, long number, String problem) {
    return new TableRow(columns, place, number, new @Nullable String[0], problem);
  }

  /**
   * Returns where the row is: in CSV the line of the file that it starts on, where the header's is
   * 1; in Parquet the number of the row, from 1.
   */
  public long line() {
    return number;
  }

  /** Returns where the row is in words, {@code line 17} or {@code row 17}. */
  public String where() {
    return place.at(number);
  }

  /** Returns why the row can't be read, in words for whoever owns the file; empty if it can. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /**
   * Returns the text of a cell.
   *
   * @return empty where the cell is empty or null, where the table has no such column or it was not
   *     asked for, and in every column of a row with a {@link #problem()}
   */
  public Optional<String> get(String column) {
    int index = columns.indexOf(column);
    return index < 0 || index >= cells.length
        ? Optional.empty()
        : Optional.ofNullable(cells[index]);
  }

  @Override
  public String toString() {
    return where() + (problem == null ? "" : ": " + problem);
  }
}
