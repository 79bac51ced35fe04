package org.cytobeam.io.table;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * CSV files for people and spreadsheets: RFC 4180 in UTF-8, lines ended by LF, null as an empty
 * cell.
 *
 * <p>A spreadsheet runs a cell that begins like a formula, and such text can come from anyone who
 * names a file. So a text that begins with {@code = + - @}, a tab or a line end and is no plain
 * number is written behind an apostrophe, as OWASP advises ("CSV Injection"); and so is one that
 * begins with an apostrophe, so that {@link #unquoteFormula} can tell and undo it.
 */
public final class CsvTable {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
  private static final String SPECIAL_STARTS = "=+-@\t\r\n'";
  private static final Pattern PLAIN_NUMBER =
      Pattern.compile("[+-]?\\d++(?:\\.\\d++)?+(?:[eE][+-]?\\d++)?+");

  private CsvTable() {}

  /**
   * Writes a whole file; the same columns and rows give the same bytes on every machine.
   *
   * @param out where to; flushed, not closed
   * @param columns at least one, of different names
   * @param rows for each row the values in the order of the columns, null where there is none
   * @throws IllegalArgumentException if a row does not fit the columns
   */
  public static void write(
      OutputStream out,
      List<Column> columns,
      Iterator<? extends List<? extends @Nullable Object>> rows)
      throws IOException {
    Column.requireDistinct(columns);
    Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    CSVPrinter printer = new CSVPrinter(text, FORMAT);
    for (Column column : columns) {
      printer.print(quoteFormula(column.name()));
    }
    printer.println();
    while (rows.hasNext()) {
      List<? extends @Nullable Object> row = rows.next();
      Column.requireFits(columns, row);
      for (Object value : row) {
        printer.print(cell(value));
      }
      printer.println();
    }
    printer.flush();
  }

  private static String cell(@Nullable Object value) {
    if (value instanceof String text) {
      return quoteFormula(text);
    }
    if (value instanceof Double number) {
      return NumberOutput.toString(number, true);
    }
    return value == null ? "" : value.toString();
  }

  /** Returns the text as a cell that no spreadsheet runs. */
  static String quoteFormula(String text) {
    boolean special = !text.isEmpty() && SPECIAL_STARTS.indexOf(text.charAt(0)) >= 0;
    return special && !PLAIN_NUMBER.matcher(text).matches() ? "'" + text : text;
  }

  /**
   * Returns the text that was written as a cell: the cell without the apostrophe it begins with.
   */
  public static String unquoteFormula(String cell) {
    return cell.startsWith("'") ? cell.substring(1) : cell;
  }
}
