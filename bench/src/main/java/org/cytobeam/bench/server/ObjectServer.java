package org.cytobeam.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server on 127.0.0.1 that holds the objects of a bucket as S3 would: GET and HEAD, ranges
 * and listings, path style, unsigned, connections kept alive.
 *
 * <p>One thread and no copy of an image on Java's side, so that it takes little from the processors
 * that what is measured runs on. A request that waits for its latency holds no thread: any number
 * can be in flight. {@value #COUNTS} answers with the number of requests so far and the most that
 * were in flight at once.
 */
public final class ObjectServer implements AutoCloseable {

  /** The path whose answer is the counts, as two numbers with a space between. */
  public static final String COUNTS = "/-counts";

  private static final Logger LOG = LoggerFactory.getLogger(ObjectServer.class);
  private static final int BACKLOG = 1024;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ServerSocketChannel listener;
  private final Selector selector;
  private final Replies replies;
  private final Throttle throttle;
  private final Allowance shared;
  private final PriorityQueue<Appointment> appointments =
      new PriorityQueue<>(Comparator.comparingLong(Appointment::at));
  private final long epoch = System.nanoTime();
  private volatile boolean closing;

  private ObjectServer(Stock stock, Throttle throttle) throws IOException {
    this.throttle = throttle;
    this.replies = new Replies(stock, throttle.latencyMillis());
    this.shared = new Allowance(throttle.totalRate(), now());
    this.selector = Selector.open();
    this.listener = ServerSocketChannel.open();
    listener.bind(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), BACKLOG);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Starts a server on a free port. */
  public static ObjectServer start(Stock stock, Throttle throttle) throws IOException {
    ObjectServer server = new ObjectServer(stock, throttle);
    Thread thread = new Thread(server::serve, "object-server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  /** Returns {@code http://127.0.0.1:port}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.socket().getLocalPort());
  }

  /** Lets the server and all its connections end soon. */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
  }

  private void serve() {
    try (listener;
        selector) {
      while (!closing) {
        selector.select(this::handle, millisToNextAppointment());
        keepAppointments();
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns for how long to wait for sockets; 0 is until one is ready. */
  private long millisToNextAppointment() {
    Appointment next = appointments.peek();
    return next == null ? 0 : Math.max(1, (next.at() - now()) / NANOS_PER_MILLI);
  }

  private void keepAppointments() {
    long now = now();
    for (Appointment next = appointments.peek();
        next != null && next.at() <= now;
        next = appointments.peek()) {
      Connection connection = appointments.remove().connection();
      if (connection.isOpen()) {
        goOn(connection, () -> connection.due(now));
      }
    }
  }

  private void handle(SelectionKey key) {
    if (key.attachment() instanceof Connection connection) {
      goOn(connection, () -> connection.ready(now()));
    } else {
      accept();
    }
  }

  private void accept() {
    try {
      SocketChannel channel = listener.accept();
      if (channel != null) {
        Allowance own = new Allowance(throttle.connectionRate(), now());
        Connection.register(channel, selector, replies, own, shared);
      }
    } catch (IOException e) {
      LOG.warn("could not accept a connection", e);
    }
  }

  private void goOn(Connection connection, Step step) {
    try {
      step.run().ifPresent(at -> appointments.add(new Appointment(at, connection)));
    } catch (IOException e) {
      LOG.debug("a connection broke", e);
      connection.close();
    }
  }

  private long now() {
    return System.nanoTime() - epoch;
  }

  /** A connection that wants to go on at a time, in nanoseconds since the start. */
  private record Appointment(long at, Connection connection) {}

  /** What a connection does next. */
  private interface Step {
    OptionalLong run() throws IOException;
  }
}
