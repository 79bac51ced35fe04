package org.cytobeam.io.bytes;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.cytobeam.io.secrets.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that can't be had, and why. The message names the address, what was found, and how often it
 * was tried; secrets are taken out of it.
 */
public final class FetchException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Why bytes can't be had. */
  public enum Reason {
    /** The address is malformed, or nothing here reads its kind. */
    BAD_ADDRESS(false),
    /** There is no such object. */
    MISSING(false),
    /** The object, if there is one, is not for this user. */
    DENIED(false),
    /** No credentials were found to ask with: every further request would fail as well. */
    NO_CREDENTIALS(false),
    /** The user's credentials were good once: every further request would fail as well. */
    CREDENTIALS_EXPIRED(false),
    /** The object is longer than the limit; its body was not read. */
    TOO_LARGE(false),
    /** Every try ended before the length that the server had promised. */
    TRUNCATED(true),
    /** The bytes had the right length, but not the checksum or MD5 that the server keeps. */
    CHECKSUM(true),
    /** The object became another while it was read. */
    CHANGED(true),
    /** Every try, or all tries together, took longer than the limit. */
    TIMEOUT(true),
    /** The server asked for fewer requests (503 SlowDown, 429) until the tries were used up. */
    THROTTLED(true),
    /** The server could not be reached, or broke the connection before it answered. */
    UNREACHABLE(true),
    /** The server failed (status 5xx other than 503) until the tries were used up. */
    SERVER_ERROR(true),
    /** Anything else; the cause tells. */
    FAILED(false);

    private final boolean retryable;

    Reason(boolean retryable) {
      this.retryable = retryable;
    }

    /** Returns whether the same fetch may succeed later though nobody changes anything. */
    public boolean retryable() {
      return retryable;
    }
  }

  private final Reason reason;
  private final int attempts;

  /**
   * Creates an exception.
   *
   * @param uri the address as it was given
   * @param what what was found, as a clause that follows the address and a colon
   * @param attempts how many requests were made; 0 if none was
   */
  public FetchException(
      Reason reason, String uri, String what, int attempts, @Nullable Throwable cause) {
    super(
        Redaction.of(uri + ": " + what) + (attempts > 1 ? " (" + attempts + " attempts)" : ""),
        cause);
    this.reason = reason;
    this.attempts = attempts;
  }

  /**
   * Returns the exception that a future of {@link ByteFetcher#fetch} ended with.
   *
   * @param thrown by waiting on the future or handed to one of its callbacks
   */
  public static FetchException of(String uri, Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof FetchException fetch
        ? fetch
        : new FetchException(Reason.FAILED, uri, cause.toString(), 0, cause);
  }

  /** Returns why the bytes can't be had. */
  public Reason reason() {
    return reason;
  }

  /** Returns whether the same fetch may succeed later though nobody changes anything. */
  public boolean retryable() {
    return reason.retryable();
  }

  /** Returns how many requests were made before giving up. */
  public int attempts() {
    return attempts;
  }
}
