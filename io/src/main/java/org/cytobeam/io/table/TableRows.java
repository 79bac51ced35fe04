package org.cytobeam.io.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table, in the file's order, read as they are asked for.
 *
 * <p>Holds one row of CSV, or one page a column of Parquet, and never the table. For use by one
 * thread. Closing it closes the channel.
 */
public interface TableRows extends Closeable {

  /**
   * Returns the names of the columns, all different, in the table's order, without those that were
   * not asked for. CSV columns whose header cell is empty have no name and are left out.
   */
  List<String> columns();

  /**
   * Returns the next row, or null after the last. No row is passed over: one that can't be read has
   * a {@link TableRow#problem()}.
   *
   * @throws TableException if the file can't be read from here on
   * @throws IOException if its bytes can't be fetched; after either, later calls throw the same
   */
  @Nullable TableRow next() throws IOException;
}
