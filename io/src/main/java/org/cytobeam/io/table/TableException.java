package org.cytobeam.io.table;

import java.io.IOException;

/**
 * A file that can't be read as a table at all, or not from some place on.
 *
 * <p>The message names the file, the line or row, what was found there and, where there is one, the
 * mend. What is wrong with a single row is no exception but {@link TableRow#problem()}, and what
 * goes wrong while bytes are fetched is any other {@link IOException}.
 */
public final class TableException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with the message {@code <table>: <fault>}. */
  public TableException(String table, String fault) {
    super(table + ": " + fault);
  }

  /** Creates an exception with the message {@code <table>: <fault>} and what led to it. */
  public TableException(String table, String fault, Throwable cause) {
    super(table + ": " + fault, cause);
  }
}
