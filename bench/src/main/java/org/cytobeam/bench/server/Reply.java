package org.cytobeam.bench.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** An answer on its way. */
final class Reply {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final ByteBuffer head;
  private final Content body;
  private final long end;
  private final long delayNanos;
  private final boolean last;
  private long position;

  /**
   * Creates an answer.
   *
   * @param body what is sent after the head: its bytes from one position up to another
   * @param delayNanos how long to wait before its first byte
   * @param last whether the connection ends with it
   */
  Reply(ByteBuffer head, Content body, long from, long end, long delayNanos, boolean last) {
    this.head = head;
    this.body = body;
    this.position = from;
    this.end = end;
    this.delayNanos = delayNanos;
    this.last = last;
  }

  long delayNanos() {
    return delayNanos;
  }

  boolean isLast() {
    return last;
  }

  boolean isSent() {
    return !head.hasRemaining() && position == end;
  }

  /** Writes what the socket takes, up to a number of bytes of the body; returns how many. */
  long writeTo(SocketChannel channel, int most) throws IOException {
    ByteBuffer next =
        position < end ? body.at(position, (int) Math.min(most, end - position)) : NOTHING;
    int offered = next.remaining();
    long sent = channel.write(new ByteBuffer[] {head, next});
    position += offered - next.remaining();
    return sent;
  }
}
