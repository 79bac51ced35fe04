package org.cytobeam.bench.figure;

/** What was measured did not do its work, so that its speed says nothing. */
final class WrongResultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WrongResultException(String message) {
    super(message);
  }
}
