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
    this.buffer = new byte[(int) Math.min(promised < 0 ? FIRST_BUFFER : promised, FIRST_BUFFER)];
  }

  GetObjectResponse head() {
    return head;
  }

  int length() {
    return length;
  }

  /** Adds bytes, and returns whether the limit allows that. */
  boolean append(ByteBuffer part) {
    int added = part.remaining();
    if (added > maxBytes - length) {
      return false;
    }
    if (added > buffer.length - length) {
      grow(length + added);
    }
    part.get(buffer, length, added);
    length += added;
    return true;
  }

  private void grow(int least) {
    long wanted = promised >= least ? promised : Math.max(2L * buffer.length, least);
    buffer = Arrays.copyOf(buffer, (int) Math.min(wanted, maxBytes));
  }

  /** Returns all bytes; not copied if they are as many as were promised. */
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
