package org.cytobeam.io.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.cytobeam.io.bytes.ByteRanges;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a Parquet file with the types of its columns, read as they are asked for.
 *
 * <p>Integers of every width are {@link Column.Type#INT64} and floating point numbers {@link
 * Column.Type#DOUBLE}; values of other types (unsigned numbers, times, decimals) are {@link
 * Column.Type#STRING} in the words of {@link Tables}. For use by one thread.
 */
public final class TypedRows implements Closeable {

  private final String name;
  private final ParquetCursor cursor;
  private final List<Column> columns;
  private final Map<String, String> properties;

  private TypedRows(
      String name, ParquetCursor cursor, List<Column> columns, Map<String, String> properties) {
    this.name = name;
    this.cursor = cursor;
    this.columns = columns;
    this.properties = properties;
  }

  static TypedRows open(String name, SeekableByteChannel channel, TableLimits limits)
      throws IOException {
    ByteRanges file = new ChannelByteRanges(channel);
    try {
      ParquetFooter footer = ParquetFooter.read(file, limits);
      List<ParquetColumn> found = ParquetSchema.columns(footer, limits, column -> true);
      List<Column> columns = new ArrayList<>();
      List<CellDecoder> decoders = new ArrayList<>();
      for (ParquetColumn column : found) {
        columns.add(new Column(column.name(), type(column.element())));
        decoders.add(decoder(column, limits));
      }
      return new TypedRows(
          name,
          new ParquetCursor(name, file, limits, footer, found, decoders),
          List.copyOf(columns),
          footer.properties());
    } catch (ParquetFault e) {
      throw e.of(name, "");
    }
  }

  private static Column.Type type(SchemaElement element) {
    return switch (element.getType()) {
      case BOOLEAN -> Column.Type.BOOLEAN;
      case FLOAT, DOUBLE -> Column.Type.DOUBLE;
      case INT32, INT64 -> isSignedInteger(element) ? Column.Type.INT64 : Column.Type.STRING;
      default -> Column.Type.STRING;
    };
  }

  private static boolean isSignedInteger(SchemaElement element) {
    LogicalType logical = element.getLogicalType();
    ConvertedType converted = element.getConverted_type();
    return logical != null
        ? logical.isSetINTEGER() && logical.getINTEGER().isIsSigned()
        : converted == null || converted.name().startsWith("INT_");
  }

  private static CellDecoder decoder(ParquetColumn column, TableLimits limits) throws ParquetFault {
    if (type(column.element()) == Column.Type.STRING) {
      return CellText.of(column, limits);
    }
    return switch (column.element().getType()) {
      case BOOLEAN -> reader -> reader.getBoolean();
      case INT32 -> reader -> (long) reader.getInteger();
      case INT64 -> reader -> reader.getLong();
      case FLOAT -> reader -> (double) reader.getFloat();
      default -> reader -> reader.getDouble();
    };
  }

  /** Returns the columns in the file's order. */
  public List<Column> columns() {
    return columns;
  }

  /** Returns the texts that the writer put beside the table, by their keys. */
  public Map<String, String> properties() {
    return properties;
  }

  /**
   * Returns the values of the next row in the order of the columns, or null after the last row.
   *
   * @throws TableException if the file or a value in it can't be read
   * @throws IOException if the bytes can't be fetched
   */
  public @Nullable List<@Nullable Object> next() throws IOException {
    if (!cursor.next()) {
      return null;
    }
    if (cursor.problem() != null) {
      throw new TableException(name, "row " + cursor.row() + ": " + cursor.problem());
    }
    return Collections.unmodifiableList(Arrays.asList(cursor.cells().clone()));
  }

  @Override
  public void close() throws IOException {
    cursor.close();
  }
}
