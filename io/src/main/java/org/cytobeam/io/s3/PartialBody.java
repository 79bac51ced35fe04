package org.cytobeam.io.s3;

import java.nio.ByteBuffer;
import java.util.Arrays;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of an object that have come so far, from its first one on, and the head of the answer
 * that they began with.
 *
 * <p>A promised length is not trusted with memory before as much of it has come as the first buffer
 * holds. Not safe for use by several threads.
 */
final class PartialBody {

  /** Holds most microscope images without growing. */
  private static final int FIRST_BUFFER = 16 << 20;

  /** The first one where no length is promised; each further one is twice as long. */
  private static final int FIRST_BUFFER_OF_UNKNOWN = 1 << 20;

  private final GetObjectResponse head;
  private final long maxBytes;
  private final long promised;
  private byte[] buffer;
  private int length;

  PartialBody(GetObjectResponse head, long maxBytes) {
    this.head = head;
    this.maxBytes = maxBytes;
    Long contentLength = head.contentLength();
    this.promised = contentLength == null ? -1 : contentLength;
    this.buffer = new byte[(int) Math.min(Math.max(0, promised), FIRST_BUFFER)];
  }

  GetObjectResponse head() {
    return head;
  }

  int length() {
    return length;
  }

  /** Returns whether the limit allows so many bytes more. */
  boolean allows(int more) {
    return more <= maxBytes - length;
  }

  /** Returns whether so many bytes more take more memory than the body has. */
  boolean growsWith(int more) {
    return more > buffer.length - length;
  }

  /** Returns how many bytes of memory the body takes with so many more. */
  long memoryWith(int more) {
    long least = (long) length + more;
    if (least <= buffer.length) {
      return buffer.length;
    }
    long doubled = Math.max(2L * buffer.length, FIRST_BUFFER_OF_UNKNOWN);
    return Math.min(maxBytes, promised >= least ? promised : Math.max(doubled, least));
  }

  /** Adds bytes, as many as the limit allows at most. */
  void append(ByteBuffer part) {
    int added = part.remaining();
    if (growsWith(added)) {
      buffer = Arrays.copyOf(buffer, (int) memoryWith(added));
    }
    part.get(buffer, length, added);
    length += added;
  }

  /** Gives back the memory beyond what has come. */
  void trim() {
    buffer = bytes();
  }

  /** Returns all bytes; not copied if they fill their memory. */
  byte[] bytes() {
    return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
  }

  /** Returns whether as many bytes have come as were promised. */
  boolean whole() {
    return length == promised;
  }

  /**
   * Returns whether the rest can be asked for: some bytes are there, some are missing, and a strong
   * ETag tells whether they are still of the same object (RFC 9110 §13.1.1).
   */
  boolean resumable() {
    String etag = head.eTag();
    return length > 0 && length < promised && etag != null && etag.startsWith("\"");
  }

  /** Returns the {@code Range} that the rest is. */
  String rest() {
    return "bytes=" + length + "-";
  }

  /** Returns the {@code Content-Range} that an answer with exactly the rest has. */
  String contentRangeOfRest() {
    return "bytes " + length + "-" + (promised - 1) + "/" + promised;
  }

  /** Returns whether the answer is about the same object. */
  boolean sameObject(GetObjectResponse answer) {
    return String.valueOf(head.eTag()).equals(answer.eTag());
  }
}
