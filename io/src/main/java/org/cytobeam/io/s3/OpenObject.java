package org.cytobeam.io.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import org.cytobeam.io.bytes.ContentCoding;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.limits.ByteWindow;

/**
 * An object that a server has told about, and of which no byte has been asked for yet. Nothing is
 * held open.
 */
public final class OpenObject {

  private final S3Host host;
  private final S3Uri address;
  private final ObjectHead head;
  private final RangePlan plan;
  private final ByteWindow room;

  OpenObject(S3Host host, S3Uri address, ObjectHead head, RangePlan plan, ByteWindow room) {
    this.host = host;
    this.address = address;
    this.head = head;
    this.plan = plan;
    this.room = room;
  }

  /** Returns its entity tag without quotation marks; empty if there is none. */
  public String etag() {
    return head.etag();
  }

  /** Returns how many bytes it has, as it is stored; empty if the server doesn't say. */
  public OptionalLong bytes() {
    Long length = head.length();
    return length == null ? OptionalLong.empty() : OptionalLong.of(length);
  }

  /**
   * Returns what the server says has been done to the bytes, as {@link ContentCoding} reads it;
   * empty if nothing.
   */
  public String contentEncoding() {
    return head.contentEncoding();
  }

  /**
   * Writes the object to a stream, in this thread, as it is stored. What has been written when this
   * fails is worth nothing.
   *
   * @param out is neither flushed nor closed
   * @throws FetchException if the object can't be had. {@link Reason#CHANGED} if it became another
   *     meanwhile, {@link Reason#CHECKSUM} if what came was damaged: it may be opened anew
   * @throws InterruptedIOException if the thread is interrupted; it still is then
   * @throws IOException what the stream throws
   */
  public ReadObject writeTo(OutputStream out) throws IOException {
    return new ObjectRead(host, address, head, out).read(plan, room);
  }
}
