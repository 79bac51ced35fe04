package org.cytobeam.io.table;

import org.apache.parquet.column.ColumnReader;
import org.jspecify.annotations.Nullable;

/** Turns the value that a Parquet column is at into what the caller reads. */
@FunctionalInterface
interface CellDecoder {

  /** A value that can't be read, though its column can. */
  final class CellException extends Exception {

    private static final long serialVersionUID = 1L;

    CellException(String message) {
      super(message);
    }
  }

  /** Takes the value, which is not null, off the reader; returns null if it means nothing. */
  @Nullable Object decode(ColumnReader reader) throws CellException;
}
