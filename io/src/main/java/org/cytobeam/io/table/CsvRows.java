package org.cytobeam.io.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file. */
final class CsvRows implements TableRows {

  private final CsvLexer lexer;
  private final CharsetDecoder utf8;
  private final TableColumns columns;
  private final int[] selected;
  private final int width;
  private final String name;
  private final long limit;
  private long count;

  private CsvRows(
      String name,
      CsvLexer lexer,
      CharsetDecoder utf8,
      TableColumns columns,
      int[] selected,
      int width,
      long limit) {
    this.name = name;
    this.limit = limit;
    this.lexer = lexer;
    this.utf8 = utf8;
    this.columns = columns;
    this.selected = selected;
    this.width = width;
  }

  /** Opens bytes that are not yet read, and reads the header. */
  static CsvRows open(String name, InputStream in, TableLimits limits, Predicate<String> wanted)
      throws IOException {
    CsvLexer lexer = new CsvLexer(name, in, limits);
    Signature signature = Signature.of(lexer.head());
    if (signature != Signature.TEXT) {
      throw new TableException(name, "not a table: the file is " + signature.words());
    }
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    List<String> header = header(name, lexer, utf8);
    int[] selected = new int[header.size()];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      if (!header.get(i).isEmpty() && wanted.test(header.get(i))) {
        selected[names.size()] = i;
        names.add(header.get(i));
      }
    }
    return new CsvRows(
        name, lexer, utf8, new TableColumns(names), selected, header.size(), limits.rows());
  }

  private static List<String> header(String name, CsvLexer lexer, CharsetDecoder utf8)
      throws IOException {
    if (!lexer.next()) {
      throw new TableException(name, "the file has no header");
    }
    CsvRecord record = lexer.record();
    String where = "line " + record.line() + " (the header)";
    if (record.problem() != null) {
      throw new TableException(name, where + ": " + record.problem());
    }
    List<String> header = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < record.cells(); i++) {
      String cell = headerCell(name, where, record, i, utf8);
      Integer before = cell.isEmpty() ? null : places.putIfAbsent(cell, i + 1);
      if (before != null) {
        throw new TableException(
            name, where + ": columns " + before + " and " + (i + 1) + " are both named " + cell);
      }
      header.add(cell);
    }
    if (places.isEmpty()) {
      throw new TableException(name, where + ": no column has a name");
    }
    return header;
  }

  private static String headerCell(
      String name, String where, CsvRecord record, int cell, CharsetDecoder utf8)
      throws TableException {
    try {
      String text = text(record, cell, utf8);
      if (text.chars().anyMatch(CsvRows::isBinary)) {
        throw new TableException(name, where + ": not a table: it has control characters");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new TableException(
          name, where + ": cell " + (cell + 1) + " is not UTF-8; save the table as UTF-8", e);
    }
  }

  private static boolean isBinary(int character) {
    return Character.isISOControl(character) && "\t\r\n".indexOf(character) < 0;
  }

  private static String text(CsvRecord record, int cell, CharsetDecoder utf8)
      throws CharacterCodingException {
    int start = record.start(cell);
    return utf8.decode(ByteBuffer.wrap(record.bytes(), start, record.end(cell) - start)).toString();
  }

  @Override
  public List<String> columns() {
    return columns.names();
  }

  @Override
  public @Nullable TableRow next() throws IOException {
    if (!lexer.next()) {
      return null;
    }
    if (count++ >= limit) {
      throw new TableException(name, "the table has more than " + limit + " rows");
    }
    return row(lexer.record());
  }

  private TableRow row(CsvRecord record) {
    String problem = record.problem();
    if (problem == null && record.cells() != width) {
      problem = "the row has " + cells(record.cells()) + ", the header " + width;
    }
    @Nullable String[] cells = new @Nullable String[columns.size()];
    for (int i = 0; i < cells.length && problem == null; i++) {
      try {
        String text = text(record, selected[i], utf8);
        problem = text.indexOf('\0') < 0 ? null : columnHas(i, "a NUL character");
        cells[i] = text.isEmpty() ? null : text;
      } catch (CharacterCodingException e) {
        problem = columnHas(i, "bytes that are not UTF-8; save the table as UTF-8");
      }
    }
    return problem == null
        ? TableRow.of(columns, TableRow.Place.LINE, record.line(), cells)
        : TableRow.unreadable(columns, TableRow.Place.LINE, record.line(), problem);
  }

  private static String cells(int count) {
    return count == 1 ? "1 cell" : count + " cells";
  }

  private String columnHas(int column, String what) {
    return "column " + columns.names().get(column) + " has " + what;
  }

  @Override
  public void close() throws IOException {
    lexer.close();
  }
}
