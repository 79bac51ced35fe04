package org.cytobeam.io.table;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.cytobeam.io.bytes.ByteRanges;
import org.jspecify.annotations.Nullable;

/** The rows of a Parquet file as text. */
final class ParquetRows implements TableRows {

  private final ParquetCursor cursor;
  private final TableColumns columns;

  private ParquetRows(ParquetCursor cursor, TableColumns columns) {
    this.cursor = cursor;
    this.columns = columns;
  }

  /** Opens a file and reads its footer. */
  static ParquetRows open(
      String name, SeekableByteChannel channel, TableLimits limits, Predicate<String> wanted)
      throws IOException {
    ByteRanges file = new ChannelByteRanges(channel);
    try {
      ParquetFooter footer = ParquetFooter.read(file, limits);
      List<ParquetColumn> columns = ParquetSchema.columns(footer, limits, wanted);
      List<CellDecoder> decoders = new ArrayList<>();
      for (ParquetColumn column : columns) {
        decoders.add(CellText.of(column, limits));
      }
      return new ParquetRows(
          new ParquetCursor(name, file, limits, footer, columns, decoders),
          new TableColumns(columns.stream().map(ParquetColumn::name).toList()));
    } catch (ParquetFault e) {
      throw e.of(name, "");
    }
  }

  @Override
  public List<String> columns() {
    return columns.names();
  }

  @Override
  public @Nullable TableRow next() throws IOException {
    if (!cursor.next()) {
      return null;
    }
    @Nullable Object[] cells = cursor.cells();
    @Nullable String[] texts = new @Nullable String[cells.length];
    String problem = cursor.problem();
    for (int i = 0; i < cells.length && problem == null; i++) {
      String text = (String) cells[i];
      texts[i] = text == null || text.isEmpty() ? null : text;
      if (text != null && text.indexOf('\0') >= 0) {
        problem = "column " + columns.names().get(i) + " has a NUL character";
      }
    }
    return problem == null
        ? TableRow.of(columns, TableRow.Place.ROW, cursor.row(), texts)
        : TableRow.unreadable(columns, TableRow.Place.ROW, cursor.row(), problem);
  }

  @Override
  public void close() throws IOException {
    cursor.close();
  }
}
