package org.cytobeam.io.s3;

/** An object is much longer than expected, and has to wait for room of its length. */
final class NoRoomException extends Exception {

  private static final long serialVersionUID = 1L;

  private final long length;

  NoRoomException(long length) {
    super("no room for " + length + " bytes yet");
    this.length = length;
  }

  long length() {
    return length;
  }
}
