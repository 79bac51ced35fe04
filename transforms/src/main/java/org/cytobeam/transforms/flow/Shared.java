package org.cytobeam.transforms.flow;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Resources that all instances of a step in a process share, such as a client with its connections.
 *
 * <p>A resource is opened by the first lease on its key and closed with the last. Safe for use by
 * several threads.
 *
 * @param <K> what tells one resource from another; a value with equals
 * @param <R> the resource
 */
public final class Shared<K, R extends Closeable> {

  /** Opens the resource of a key. */
  @FunctionalInterface
  public interface Opener<K, R> {
    /** Opens it; the caller closes it. */
    R open(K key) throws IOException;
  }

  private final Opener<K, R> opener;
  private final Map<K, Entry<R>> entries = new HashMap<>();

  /** Creates an empty set of resources. */
  public Shared(Opener<K, R> opener) {
    this.opener = opener;
  }

  /** Returns a lease on the resource of a key; it must be closed. */
  public synchronized Lease<R> lease(K key) throws IOException {
    Entry<R> entry = entries.get(key);
    if (entry == null) {
      entry = new Entry<>(opener.open(key));
      entries.put(key, entry);
    }
    entry.leases++;
    return new Lease<>(entry.resource, () -> release(key));
  }

  private synchronized void release(K key) throws IOException {
    Entry<R> entry = entries.get(key);
    if (entry != null && --entry.leases == 0) {
      entries.remove(key);
      closeUninterrupted(entry.resource);
    }
  }

  /** A runner that cancels interrupts its threads: what they then close must come to its end. */
  private static void closeUninterrupted(Closeable resource) throws IOException {
    boolean isInterrupted = Thread.interrupted();
    try {
      resource.close();
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static final class Entry<R> {
    final R resource;
    int leases;

    Entry(R resource) {
      this.resource = resource;
    }
  }

  /**
   * A right to use a resource until it is closed; closing twice is harmless.
   *
   * @param <R> the resource
   */
  public static final class Lease<R> implements Closeable {
    private final R resource;
    private final Closeable release;
    private boolean closed;

    Lease(R resource, Closeable release) {
      this.resource = resource;
      this.release = release;
    }

    /** Returns the resource. */
    public R get() {
      return resource;
    }

    @Override
    public synchronized void close() throws IOException {
      if (!closed) {
        closed = true;
        release.close();
      }
    }
  }
}
