package org.cytobeam.io.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parquet files of typed columns.
 *
 * <p>Written are pages of version 1 packed with Snappy, each with a CRC-32, in row groups of about
 * 8 MiB; no time and no name of the machine. The same columns, rows and properties give the same
 * bytes on every machine: Snappy is a fixed version in Java, since the native one chooses its
 * matches by the processor's own CRC instruction.
 */
public final class ParquetTable {

  private ParquetTable() {}

  /**
   * Writes a whole file.
   *
   * @param out where to; flushed, not closed
   * @param columns at least one, of different names
   * @param properties texts to put beside the table
   * @param rows for each row the values in the order of the columns, null where there is none;
   *     about one row group of them is held in memory
   * @throws IllegalArgumentException if a row does not fit the columns
   */
  public static void write(
      OutputStream out,
      List<Column> columns,
      Map<String, String> properties,
      Iterator<? extends List<? extends @Nullable Object>> rows)
      throws IOException {
    Column.requireDistinct(columns);
    ParquetOutput output = new ParquetOutput(out, columns);
    while (rows.hasNext()) {
      List<? extends @Nullable Object> row = rows.next();
      Column.requireFits(columns, row);
      output.add(row);
    }
    output.finish(properties);
  }

  /**
   * Opens a file, verifying checksums of the pages it reads.
   *
   * @param name what messages call the file
   * @param channel the file; closed with the rows, or at once if this method throws
   * @throws TableException if it is no Parquet file, damaged, or has nested columns
   * @throws IOException if its bytes can't be fetched
   */
  public static TypedRows read(String name, SeekableByteChannel channel, TableLimits limits)
      throws IOException {
    return Tables.closingOnFailure(channel, () -> TypedRows.open(name, channel, limits));
  }
}
