package org.cytobeam.io.pixels;

import java.io.IOException;

/** Bytes that can't be turned into pixels, and why. */
public final class ImageException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Why an image can't be had from its bytes. */
  public enum Reason {
    /** The bytes are of another kind altogether: a web page, text, another picture format. */
    NOT_AN_IMAGE,
    /** The file ends before its own directory says it does. */
    TRUNCATED,
    /** The bytes contradict themselves or the format. */
    UNDECODABLE,
    /** The file may be sound, but uses what is not read here; the message names it. */
    UNSUPPORTED,
    /** The file claims more pixels or bytes than the limit allows. */
    TOO_LARGE,
    /** The file has a plausible length and every byte of it is 0. */
    ZERO_FILLED
  }

  private final Reason reason;

  /** Creates an exception whose message names what was found, in words a data owner understands. */
  public ImageException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Creates an exception with the library's own exception as its cause. */
  public ImageException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Returns why the image can't be had. */
  public Reason reason() {
    return reason;
  }
}
