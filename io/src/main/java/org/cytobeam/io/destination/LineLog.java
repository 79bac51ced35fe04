package org.cytobeam.io.destination;

import java.io.Closeable;
import java.io.IOException;

/**
 * A file that lines are added to at its end, each of which survives the death of the process.
 *
 * <p>On a local folder a line is handed to the operating system before {@link #append} returns. On
 * S3 lines are gathered into objects that have a number, from 1, before the extension of the path:
 * {@code run-000001.log} for {@code run.log}. One is put every 256 lines or 30 seconds and at
 * {@link #flush} and {@link #close}. Safe for use by several threads.
 */
public interface LineLog extends Closeable {

  /** Adds one line; {@code line} has no line break in it. */
  void append(String line) throws IOException;

  /** Hands on whatever has been gathered. */
  void flush() throws IOException;

  /**
   * Ends the log like {@link #close}, but what has been gathered is forgotten: somebody else has
   * written down what it says.
   */
  void discard() throws IOException;
}
