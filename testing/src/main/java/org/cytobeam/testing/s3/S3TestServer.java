package org.cytobeam.testing.s3;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An S3 server inside the JVM, on 127.0.0.1 and a free port, that misbehaves to order.
 *
 * <p>Tests make buckets, put and read objects directly, script what goes wrong with requests to a
 * key, and look at the log of requests afterwards. Addresses are path-style. Nothing reaches the
 * disk; everything is gone after {@link #close()}. Safe for use by several threads.
 *
 * <pre>{@code
 * try (S3TestServer server = S3TestServer.start()) {
 *   server.bucket("plates");
 *   server.put("plates", "a.tif", bytes);
 *   server.script("plates", "a.tif", Fault.status(503), Fault.resetAfter(1000));
 *   // the first two requests for a.tif fail, all others succeed
 * }
 * }</pre>
 */
public final class S3TestServer implements AutoCloseable {

  /** The only access key id that {@link Access#SIGNED} buckets know. */
  public static final String ACCESS_KEY_ID = "CYTOBEAMTESTKEY";

  /** The secret that belongs to {@link #ACCESS_KEY_ID}; signatures are not checked. */
  public static final String SECRET_ACCESS_KEY = "cytobeam-test-secret";

  /** The region that every bucket says it is in. */
  public static final String REGION = "us-east-1";

  private static final Duration LONGEST_HOLD = Duration.ofSeconds(20);

  /** Longer than any test. */
  private static final Duration FOREVER = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(S3TestServer.class);

  private final ServerSocket listener;
  private final S3Service service = new S3Service(ACCESS_KEY_ID, REGION);
  private final Faults faults = new Faults();
  private final RequestLog log = new RequestLog();
  private final Duration longestHold;
  private final AtomicLong bodyBytes = new AtomicLong();
  private final AtomicInteger connectionsMade = new AtomicInteger();
  private final Map<String, Integer> held = new ConcurrentHashMap<>();
  private final List<Gate> gates = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "s3-test-server");
            thread.setDaemon(true);
            return thread;
          });

  private S3TestServer(int port, Duration longestHold) throws IOException {
    this.longestHold = longestHold;
    listener = new ServerSocket(port, 128, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  }

  /** Starts a server without buckets. */
  public static S3TestServer start() {
    return start(0);
  }

  /** Starts a server without buckets on a port that is free; 0 takes any. */
  public static S3TestServer start(int port) {
    return start(port, LONGEST_HOLD);
  }

  /** Starts a server that holds answers for another time at most. */
  static S3TestServer start(int port, Duration longestHold) {
    try {
      S3TestServer server = new S3TestServer(port, longestHold);
      server.threads.execute(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("no port to listen on", e);
    }
  }

  /** Returns {@code http://127.0.0.1:port}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Makes an empty {@link Access#OPEN} bucket. */
  public S3TestServer bucket(String name) {
    return bucket(name, Access.OPEN);
  }

  /** Makes an empty bucket; one of the same name is replaced. */
  public S3TestServer bucket(String name, Access access) {
    service.addBucket(name, access);
    return this;
  }

  /** Puts an object whose ETag is the MD5 of its bytes. */
  public void put(String bucket, String key, byte[] bytes) {
    service.bucket(bucket).put(key, StoredObject.whole(bytes.clone(), Map.of(), Map.of()));
  }

  /** Puts an object with an ETag of the test's choice, given without quotation marks. */
  public void put(String bucket, String key, byte[] bytes, String etag) {
    service.bucket(bucket).put(key, StoredObject.of(bytes.clone(), etag, Map.of(), Map.of()));
  }

  /**
   * Puts an object with an ETag and headers of the test's choice, which come back with it: {@code
   * content-encoding}, say. Names are in lower case. Those that begin with {@code x-amz-checksum-}
   * come only to who asks for checksums of the whole object; nobody checks that they are right.
   */
  public void put(
      String bucket, String key, byte[] bytes, String etag, Map<String, String> headers) {
    Map<String, String> metadata = new TreeMap<>(headers);
    Map<String, String> checksums = new TreeMap<>(headers);
    metadata.keySet().removeIf(Checksums::isChecksum);
    checksums.keySet().removeIf(name -> !Checksums.isChecksum(name));
    service.bucket(bucket).put(key, StoredObject.of(bytes.clone(), etag, metadata, checksums));
  }

  /** Returns the bytes of an object, or empty if there is none. */
  public Optional<byte[]> get(String bucket, String key) {
    return service.bucket(bucket).find(key).map(object -> object.bytes().clone());
  }

  /** Deletes an object if it is there. */
  public void delete(String bucket, String key) {
    service.bucket(bucket).delete(key);
  }

  /** Returns all keys of a bucket in the order of S3's listings. */
  public List<String> keys(String bucket) {
    return service.bucket(bucket).keys();
  }

  /** Returns how many multipart uploads have been begun and neither completed nor aborted. */
  public int unfinishedUploads(String bucket) {
    return service.bucket(bucket).unfinishedUploads().size();
  }

  /** Begins a multipart upload, as a client that dies then leaves it, at a time in the past. */
  public void beginUpload(String bucket, String key, Instant begun) {
    service.bucket(bucket).beginUpload(key, Map.of(), begun);
  }

  /**
   * Queues faults for a key: its next request meets the first, the one after it the second, and so
   * on; then all is well. A fault that is {@linkplain Fault#on limited to a method} waits for a
   * request with it. An empty key stands for requests to the bucket itself, such as listings.
   */
  public S3TestServer script(String bucket, String key, Fault... inOrder) {
    faults.script(bucket, key, inOrder);
    return this;
  }

  /** Lets every request to a key meet a fault, once its script is used up. */
  public S3TestServer always(String bucket, String key, Fault fault) {
    faults.always(bucket, key, fault);
    return this;
  }

  /**
   * Lets a share of all requests that no fault of their own meets meet this one. The share, from 0
   * to 1, is spread evenly by counting: of any 10 requests in a row 0.3 hits exactly 3.
   */
  public S3TestServer share(double share, Fault fault) {
    faults.share(share, fault, 0, Long.MAX_VALUE);
    return this;
  }

  /** Like {@link #share}, for the next so many requests only. */
  public S3TestServer shareOfNext(int requests, double share, Fault fault) {
    faults.share(share, fault, 0, requests);
    return this;
  }

  /** Lets every request after the next so many meet a fault, but for those with their own. */
  public S3TestServer after(int requests, Fault fault) {
    faults.share(1, fault, requests, Long.MAX_VALUE);
    return this;
  }

  /** Delays every answer that no fault of its own meets. */
  public S3TestServer latency(Duration delay) {
    return share(1, Fault.latency(delay));
  }

  /**
   * Holds the answers to requests to a key back until the server has got so many requests in all,
   * to whatever key. If they don't come within 20 s the answer is 500.
   */
  public S3TestServer holdUntil(String bucket, String key, int requests) {
    held.put(bucket + "/" + key, requests);
    return this;
  }

  /**
   * Holds the answers to requests with a method and a key that begins so back until so many of them
   * are open at once; then gives them and holds none any more. One that has been held for 20 s is
   * answered with 500.
   */
  public S3TestServer holdUntilOpen(String method, String bucket, String prefix, int requests) {
    gates.add(new Gate(method, bucket, prefix, requests, longestHold));
    return this;
  }

  /**
   * Holds the answers to requests with a method and a key that begins so back until {@link #heal},
   * however long that takes.
   */
  public S3TestServer holdUntilHealed(String method, String bucket, String prefix) {
    gates.add(new Gate(method, bucket, prefix, Integer.MAX_VALUE, FOREVER));
    return this;
  }

  /** Forgets all faults that have been ordered, and opens all gates that hold answers back. */
  public void heal() {
    faults.clear();
    gates.forEach(Gate::open);
  }

  /** Returns all requests so far, in the order in which they had arrived whole. */
  public List<RecordedRequest> requests() {
    return log.all();
  }

  /** Returns the requests to one key so far. */
  public List<RecordedRequest> requests(String bucket, String key) {
    return log.all().stream()
        .filter(r -> r.bucket().equals(bucket) && r.key().equals(key))
        .toList();
  }

  /** Returns how many requests with a method there have been to one key. */
  public int count(String method, String bucket, String key) {
    return (int) requests(bucket, key).stream().filter(r -> r.method().equals(method)).count();
  }

  /** Forgets the log of requests and the count of bytes. */
  public void clearLog() {
    log.clear();
    bodyBytes.set(0);
  }

  /** Returns how many bytes of bodies have been handed to the operating system. */
  public long bodyBytesSent() {
    return bodyBytes.get();
  }

  /** Returns how many connections clients have made. */
  public int connectionsMade() {
    return connectionsMade.get();
  }

  /** Ends the server and all its connections, stalled ones too. */
  @Override
  public void close() {
    closing.countDown();
    closeQuietly(listener);
    open.forEach(S3TestServer::closeQuietly);
    threads.shutdownNow();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connectionsMade.incrementAndGet();
        open.add(socket);
        threads.execute(() -> converse(socket));
      } catch (IOException e) {
        LOG.debug("stopped listening", e);
      }
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
      RequestReader reader = new RequestReader(in, socket.getOutputStream());
      ResponseWriter writer = new ResponseWriter(socket, closing, bodyBytes);
      boolean reusable = true;
      while (reusable) {
        Optional<Request> request = reader.next();
        reusable = request.isPresent() && writer.send(request.get(), answer(request.get()));
      }
    } catch (IOException e) {
      LOG.debug("a connection ended", e);
    } finally {
      open.remove(socket);
    }
  }

  private Response answer(Request request) {
    Fault fault = faults.next(request.method(), request.bucket(), request.key());
    Response normal = fault.instead() ? Response.empty(200) : service.serve(fault.taken(request));
    Response response = fault.applyTo(normal);
    int number = log.add(RecordedRequest.of(request, response.status()));
    if (isReleased(request) && passesGates(request)) {
      return response;
    }
    Response late = S3Error.ofStatus(500);
    log.correct(number, late.status());
    return late;
  }

  private boolean passesGates(Request request) {
    return gates.stream().filter(gate -> gate.isFor(request)).allMatch(Gate::pass);
  }

  private boolean isReleased(Request request) {
    int needed = held.getOrDefault(request.bucket() + "/" + request.key(), 0);
    long deadline = System.nanoTime() + longestHold.toNanos();
    synchronized (held) {
      held.notifyAll();
      while (log.size() < needed) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        try {
          held.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
    }
    return true;
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      LOG.debug("could not close {}", closeable, e);
    }
  }
}
