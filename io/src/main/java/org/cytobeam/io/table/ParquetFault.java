package org.cytobeam.io.table;

import java.io.IOException;

/** What is wrong inside a Parquet file; whoever knows the file's name makes the message whole. */
final class ParquetFault extends IOException {

  private static final long serialVersionUID = 1L;

  ParquetFault(String message) {
    super(message);
  }

  ParquetFault(String message, Throwable cause) {
    super(message, cause);
  }
}
