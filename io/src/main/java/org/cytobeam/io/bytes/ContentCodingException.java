package org.cytobeam.io.bytes;

import java.io.IOException;
import java.io.Serial;

/** Encoded content that can't be decoded, and why. */
public final class ContentCodingException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  /** Why content can't be decoded. */
  public enum Reason {
    /** It is encoded in a way that is not known here. */
    UNSUPPORTED,
    /** It is cut short, contradicts itself, or is followed by something else. */
    DAMAGED,
    /** It is longer than the limit once it is decoded. */
    TOO_LARGE
  }

  private final Reason reason;

  ContentCodingException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Returns why the content can't be decoded. */
  public Reason reason() {
    return reason;
  }
}
