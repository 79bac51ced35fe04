package org.cytobeam.transforms.flow;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resources that all instances of a step in a process share, such as a client with its connections.
 *
 * <p>A resource is opened by the first lease on its key and closed with the last, or some time
 * after that: a worker of a cluster ends its steps and begins them anew with each task. Safe for
 * use by several threads.
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

  private static final Logger LOG = LoggerFactory.getLogger(Shared.class);

  private final Opener<K, R> opener;
  private final Function<K, Duration> idle;
  private final Map<K, Entry<R>> entries = new HashMap<>();

  /** Creates an empty set of resources, which are closed with their last leases. */
  public Shared(Opener<K, R> opener) {
    this(opener, key -> Duration.ZERO);
  }

  /**
   * Creates an empty set of resources.
   *
   * @param idle for how long the resource of a key stays open without a lease
   */
  public Shared(Opener<K, R> opener, Function<K, Duration> idle) {
    this.opener = opener;
    this.idle = idle;
  }

  /** Returns a lease on the resource of a key; it must be closed. */
  public synchronized Lease<R> lease(K key) throws IOException {
    Entry<R> entry = entries.get(key);
    if (entry == null) {
      entry = new Entry<>(opener.open(key));
      entries.put(key, entry);
    }
    entry.leases++;
    entry.leased++;
    return new Lease<>(entry.resource, () -> release(key));
  }

  private synchronized void release(K key) throws IOException {
    Entry<R> entry = entries.get(key);
    if (entry == null || --entry.leases > 0) {
      return;
    }
    Duration mayIdle = idle.apply(key);
    if (mayIdle.isZero()) {
      entries.remove(key);
      Interrupts.close(entry.resource);
    } else {
      long leased = entry.leased;
      CompletableFuture.delayedExecutor(mayIdle.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> closeIfUnused(key, entry, leased));
    }
  }

  /** Closes a resource that nobody has leased since. */
  private void closeIfUnused(K key, Entry<R> entry, long leased) {
    synchronized (this) {
      if (entry.leased != leased) {
        return;
      }
      entries.remove(key);
    }
    try {
      entry.resource.close();
    } catch (IOException | RuntimeException | LinkageError e) {
      // A cluster may have unloaded classes of a job that has ended.
      LOG.warn("What was not used any more could not be closed", e);
    }
  }

  private static final class Entry<R> {
    final R resource;
    int leases;
    long leased;

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
