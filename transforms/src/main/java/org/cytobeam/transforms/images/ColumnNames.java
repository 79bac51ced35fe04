package org.cytobeam.transforms.images;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.io.table.TableRow;
import org.cytobeam.io.table.TableRows;
import org.cytobeam.io.table.Tables;
import org.cytobeam.io.table.TextLines;
import org.jspecify.annotations.Nullable;

/** The names in a column of CSV, TSV or Parquet. */
final class ColumnNames implements NameTable.Names {

  private final TableRows rows;
  private final String column;

  private ColumnNames(TableRows rows, String column) {
    this.rows = rows;
    this.column = column;
  }

  /** Opens a table: once to look at its columns, so that none but the right one is read then. */
  static ColumnNames open(String address, NameColumn.Source source, @Nullable String wanted)
      throws IOException {
    List<String> columns = new ArrayList<>();
    Tables.open(
            address,
            source.open(),
            NameTable.limits(),
            name -> {
              columns.add(name);
              return false;
            })
        .close();
    String column = NameColumn.of(address, columns, wanted);
    return new ColumnNames(
        Tables.open(address, source.open(), NameTable.limits(), column::equals), column);
  }

  @Override
  public NameTable.@Nullable Name next() throws IOException {
    TableRow row = rows.next();
    if (row == null) {
      return null;
    }
    String text = TextLines.stripped(row.get(column).orElse(""));
    String problem =
        row.problem().orElseGet(() -> text.isEmpty() ? "column " + column + " is empty" : null);
    return new NameTable.Name(row.where(), problem == null ? text : "", problem);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
