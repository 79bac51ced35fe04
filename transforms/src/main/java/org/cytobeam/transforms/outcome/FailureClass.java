package org.cytobeam.transforms.outcome;

import java.util.Locale;

/**
 * Why an item failed. The set is closed, so that tables of different runs and jobs can be compared.
 *
 * <p>A retryable failure may pass by itself and was tried several times before it was written down;
 * the others stay until somebody mends the source or the table.
 */
public enum FailureClass {
  /** The source says that there is no such object. */
  MISSING(false),
  /** The source refuses to give the object. */
  DENIED(false),
  /** The object ends before it should. */
  TRUNCATED(false),
  /** The bytes contradict themselves or their format. */
  UNDECODABLE(false),
  /** The file may be sound but uses what can't be read here. */
  UNSUPPORTED(false),
  /** The object is larger than the limits allow. */
  TOO_LARGE(false),
  /** The object has its length, and every byte is 0. */
  ZERO_FILLED(false),
  /** The bytes are of another kind: a web page, text, another picture format. */
  NOT_AN_IMAGE(false),
  /** The image has not the width and height that were expected. */
  WRONG_SIZE(false),
  /** The source did not answer, or stopped answering, in time. */
  TIMEOUT(true),
  /** The source asked for fewer requests until the tries were used up. */
  THROTTLED(true),
  /** The source could not be reached, or broke off, until the tries were used up. */
  UNREACHABLE(true),
  /** The source answered with an error that has no class of its own. */
  SOURCE_ERROR(true),
  /** The object changed while it was being read. */
  CHANGED(true),
  /** The bytes are not those that the source's checksum is of. */
  CHECKSUM(true),
  /** A name can't be that of a file. */
  BAD_NAME(false),
  /** A row of the table can't be understood. */
  BAD_ROW(false),
  /** One file could not be written, though the destination takes others. */
  UNWRITABLE(true),
  /** The source wants a browser's proof before it gives the object. */
  CHALLENGED(true),
  /** Several objects fit one name. */
  AMBIGUOUS(false);

  private final boolean retryable;

  FailureClass(boolean retryable) {
    this.retryable = retryable;
  }

  /** Returns whether the same request may well succeed later. */
  public boolean retryable() {
    return retryable;
  }

  /** Returns the name used in tables: lower case, with underscores. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the class with that name in tables.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FailureClass ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
