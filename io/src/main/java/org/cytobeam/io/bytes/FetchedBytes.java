package org.cytobeam.io.bytes;

/**
 * A whole object, as long as its server said it is.
 *
 * <p>Fetchers bound how many bytes are on their way. Whoever has got one of these calls {@link
 * #taken} once, when the bytes have been handed on, or will not be: until then they count.
 *
 * @param bytes all of them; shared, to be read only
 * @param identity what changes when the bytes change: an ETag without quotation marks, or a file's
 *     size and time; empty if nothing is known to do so
 * @param integrity the strongest check that the bytes have passed
 * @param attempts how many requests it took, at least 1
 * @param contentEncoding what the server says has been done to the bytes, as {@link ContentCoding}
 *     reads it; empty if nothing. They are as they were stored
 * @param whenTaken what {@link #taken} does; running it again does nothing
 */
@SuppressWarnings("ArrayRecordComponent") // equality is of no use for images of megabytes
public record FetchedBytes(
    byte[] bytes,
    String identity,
    Integrity integrity,
    int attempts,
    String contentEncoding,
    Runnable whenTaken) {

  /** Creates an object of which the server says nothing has been done to it. */
  public FetchedBytes(
      byte[] bytes, String identity, Integrity integrity, int attempts, Runnable whenTaken) {
    this(bytes, identity, integrity, attempts, "", whenTaken);
  }

  /** Creates an object that counts for nothing on its way. */
  public FetchedBytes(byte[] bytes, String identity, Integrity integrity, int attempts) {
    this(bytes, identity, integrity, attempts, () -> {});
  }

  /** Tells the fetcher that these bytes are no longer on their way. */
  public void taken() {
    whenTaken.run();
  }
}
