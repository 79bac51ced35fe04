package org.cytobeam.io.table;

import java.io.IOException;

/** What is wrong inside a Parquet file; whoever knows the file's name makes the message whole. */
final class ParquetFault extends IOException {

  private static final long serialVersionUID = 1L;

  private final String fault;

  ParquetFault(String message) {
    super(message);
    this.fault = message;
  }

  ParquetFault(String message, Throwable cause) {
    super(message, cause);
    this.fault = message;
  }

  /** Returns this fault with the place where it was found. */
  ParquetFault in(String place) {
    return new ParquetFault(place + ": " + fault, this);
  }

  /**
   * Returns the exception for the caller.
   *
   * @param where what stands between the file's name and the fault
   */
  TableException of(String table, String where) {
    return new TableException(table, where + fault, this);
  }
}
