package org.cytobeam.bench.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** An answer on its way. */
final class Reply {

  private final ByteBuffer[] parts;
  private final long delayNanos;
  private final boolean last;

  /**
   * Creates an answer.
   *
   * @param body sent after the head; empty for HEAD
   * @param delayNanos how long to wait before its first byte
   * @param last whether the connection ends with it
   */
  Reply(ByteBuffer head, ByteBuffer body, long delayNanos, boolean last) {
    this.parts = new ByteBuffer[] {head, body};
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
    return !parts[0].hasRemaining() && !parts[1].hasRemaining();
  }

  /** Writes what the socket takes, up to a number of bytes of each part; returns how many. */
  long writeTo(SocketChannel channel, int most) throws IOException {
    ByteBuffer body = parts[1];
    int end = body.limit();
    if (body.remaining() > most) {
      body.limit(body.position() + most);
    }
    try {
      return channel.write(parts);
    } finally {
      body.limit(end);
    }
  }
}
