package org.cytobeam.bench.server;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: reads a request, waits for its time, sends the answer, reads the next.
 *
 * <p>It never blocks. Each method returns when it wants to be called again, whatever happens on the
 * socket; empty if only the socket decides.
 */
final class Connection {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int LONGEST_HEAD = 16 << 10;
  private static final long PACE_NANOS = 5_000_000;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Replies replies;
  private final Allowance own;
  private final Allowance shared;
  private final ByteBuffer in = ByteBuffer.allocate(LONGEST_HEAD);
  private @Nullable Reply reply;
  private long dueAt;

  private Connection(
      SocketChannel channel, SelectionKey key, Replies replies, Allowance own, Allowance shared) {
    this.channel = channel;
    this.key = key;
    this.replies = replies;
    this.own = own;
    this.shared = shared;
  }

  /** Attaches a connection to its key in a selector. */
  static void register(
      SocketChannel channel, Selector selector, Replies replies, Allowance own, Allowance shared)
      throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    key.attach(new Connection(channel, key, replies, own, shared));
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** Goes on with what the socket is ready for. */
  OptionalLong ready(long now) throws IOException {
    if (key.isReadable() && channel.read(in) < 0) {
      close();
      return OptionalLong.empty();
    }
    return reply == null ? nextRequest(now) : send(now);
  }

  /** Goes on when the time has come that was asked for. */
  OptionalLong due(long now) throws IOException {
    return reply == null ? OptionalLong.empty() : send(now);
  }

  /** Ends the connection, whether or not an answer is on its way. */
  void close() {
    if (reply != null) {
      replies.ended();
      reply = null;
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("could not close a connection", e);
    }
  }

  private OptionalLong nextRequest(long now) throws IOException {
    in.flip();
    String head = RequestHead.take(in);
    in.compact();
    if (head.isEmpty()) {
      if (!in.hasRemaining()) {
        close();
        return OptionalLong.empty();
      }
      key.interestOps(SelectionKey.OP_READ);
      return OptionalLong.empty();
    }
    reply = replies.to(head);
    dueAt = now + reply.delayNanos();
    return send(now);
  }

  private OptionalLong send(long now) throws IOException {
    Reply current = reply;
    if (current == null) {
      return OptionalLong.empty();
    }
    if (now < dueAt) {
      key.interestOps(0);
      return OptionalLong.of(dueAt);
    }
    int allowed = Math.min(own.available(now), shared.available(now));
    if (allowed == 0) {
      key.interestOps(0);
      return OptionalLong.of(now + PACE_NANOS);
    }
    long sent = current.writeTo(channel, allowed);
    own.take(sent);
    shared.take(sent);
    if (!current.isSent()) {
      boolean held = sent == allowed;
      key.interestOps(held ? 0 : SelectionKey.OP_WRITE);
      return held ? OptionalLong.of(now + PACE_NANOS) : OptionalLong.empty();
    }
    reply = null;
    replies.ended();
    if (current.isLast()) {
      close();
      return OptionalLong.empty();
    }
    return nextRequest(now);
  }
}
