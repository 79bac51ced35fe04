package org.cytobeam.io.destination;

/** A value that can't be turned into a file name, or a file name that was made from none. */
public final class BadNameException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  BadNameException(String message) {
    super(message);
  }
}
