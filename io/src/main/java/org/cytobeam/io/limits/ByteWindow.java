package org.cytobeam.io.limits;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/**
 * How many bytes of one process are on their way: asked for, arriving, or here and not yet taken.
 *
 * <p>Whoever fetches something reserves room before it asks for it, as much as things had of late,
 * corrects the {@link Share} when the true length is known, and closes it when the bytes have been
 * handed on. What is a little longer than expected may exceed the window; what is much longer gives
 * its share back and waits for one of its own length. Nothing of the kind is let in beside what
 * exceeds the window already. So the bytes are never more than twice the window, or the window and
 * the longest thing.
 *
 * <p>It doesn't lock up as long as whoever waits for one thing takes what arrived before it: shares
 * are given in the order of asking, something is always allowed when nothing is reserved, and what
 * turned out longer than expected also when nothing else is arriving, one such thing at a time.
 *
 * <p>No thread waits. Safe for use by several threads.
 */
public final class ByteWindow {

  /** Expected before anything has been seen: a microscope image of 2 megapixels at 16 bit. */
  static final long FIRST_GUESS = 4 << 20;

  private static final double NEWEST_WEIGHT = 0.125;

  /** By how much what is long exceeds what is expected. */
  private static final int SURPRISE = 2;

  /**
   * The share of the heap that may be on its way; the rest is for decoding, and for its garbage.
   */
  private static final int SHARE_OF_HEAP = 4;

  private record Waiting(CompletableFuture<Share> share, long bytes) {}

  private final long capacity;
  private final Scheduler scheduler;
  private final Deque<Waiting> surprises = new ArrayDeque<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private double usual = FIRST_GUESS;
  private long reserved;
  private int arriving;

  /** How many shares took more than there was left, and are still here. */
  private int exceeding;

  /**
   * Creates a window.
   *
   * @param capacity in bytes
   */
  public ByteWindow(long capacity, Scheduler scheduler) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a window has at least 1 byte");
    }
    this.capacity = capacity;
    this.scheduler = scheduler;
  }

  /** Returns a window of a quarter of the largest heap that this process can have. */
  public static ByteWindow ofHeap() {
    return new ByteWindow(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, Scheduler.system());
  }

  /** Returns how long one thing may be at most: twice the window, which is half of the heap. */
  public long longest() {
    return 2 * capacity;
  }

  /** Returns how many bytes are reserved now. */
  public synchronized long reserved() {
    return reserved;
  }

  /** Reserves room for something of unknown length. Cancelling the future gives the place up. */
  public synchronized CompletableFuture<Share> reserve() {
    Waiting last = new Waiting(new CompletableFuture<>(), -1);
    if (surprises.isEmpty() && waiting.isEmpty() && hasRoom(last)) {
      return CompletableFuture.completedFuture(share(last));
    }
    waiting.addLast(last);
    return last.share();
  }

  /**
   * Reserves room for something that {@linkplain Share#fits did not fit}; it goes before all others
   * that did not ask for this.
   */
  public synchronized CompletableFuture<Share> reserve(long bytes) {
    Waiting last = new Waiting(new CompletableFuture<>(), bytes);
    surprises.addLast(last);
    drain();
    return last.share();
  }

  private boolean hasRoom(Waiting next) {
    return reserved == 0 || reserved + bytes(next) <= capacity || mayExceed(next);
  }

  private boolean mayExceed(Waiting next) {
    return next.bytes() >= 0 && arriving == 0 && exceeding == 0;
  }

  private long bytes(Waiting next) {
    return next.bytes() >= 0 ? next.bytes() : (long) usual;
  }

  private Share share(Waiting next) {
    long bytes = bytes(next);
    reserved += bytes;
    arriving++;
    Share share = new Share(bytes);
    share.noteExcess();
    return share;
  }

  private void drain() {
    if (drained(surprises)) {
      drained(waiting);
    }
  }

  /** Gives shares to those that wait, and returns whether nobody does any more. */
  private boolean drained(Deque<Waiting> queue) {
    for (Iterator<Waiting> all = queue.iterator(); all.hasNext(); ) {
      Waiting next = all.next();
      if (!next.share().isDone()) {
        if (!hasRoom(next)) {
          return false;
        }
        Share share = share(next);
        scheduler.schedule(() -> hand(share, next.share()), 0);
      }
      all.remove();
    }
    return true;
  }

  private static void hand(Share share, CompletableFuture<Share> to) {
    if (!to.complete(share)) {
      share.close();
    }
  }

  /** Room for one thing. Safe for use by several threads. */
  public final class Share implements AutoCloseable {

    private long bytes;
    private boolean exceeds;
    private boolean arrived;
    private boolean closed;

    private Share(long bytes) {
      this.bytes = bytes;
    }

    private void resize(long length) {
      reserved += length - bytes;
      bytes = length;
      noteExcess();
    }

    private void noteExcess() {
      if (!exceeds && reserved > capacity) {
        exceeds = true;
        exceeding++;
      }
    }

    /**
     * Corrects the share to the true length, if there is room for it.
     *
     * @return whether there is; if not, nothing has changed, and whoever asked must close the share
     *     and reserve one of the true length
     */
    public boolean fits(long length) {
      synchronized (ByteWindow.this) {
        if (closed) {
          return false;
        }
        usual += NEWEST_WEIGHT * (Math.min(length, SURPRISE * usual) - usual);
        boolean much = length > SURPRISE * Math.max(1, bytes);
        if (much && reserved > bytes && reserved - bytes + length > capacity) {
          return false;
        }
        resize(length);
        drain();
        return true;
      }
    }

    /**
     * Takes more room for something of unknown length that arrives, if there is any.
     *
     * @param length how much is needed by now
     * @return whether the share has as much; if not, nothing has changed, and whoever asked must
     *     close the share and reserve one of that length
     */
    public boolean grow(long length) {
      synchronized (ByteWindow.this) {
        if (closed) {
          return false;
        }
        if (length > bytes) {
          if (reserved > bytes && reserved - bytes + length > capacity) {
            return false;
          }
          resize(length);
        }
        return true;
      }
    }

    /** Notes that all bytes are here, or that no more will come. */
    public void arrived() {
      synchronized (ByteWindow.this) {
        if (!arrived) {
          arrived = true;
          arriving--;
          drain();
        }
      }
    }

    /** Gives the room back; the second time does nothing. */
    @Override
    public void close() {
      synchronized (ByteWindow.this) {
        if (!closed) {
          closed = true;
          arrived();
          reserved -= bytes;
          exceeding -= exceeds ? 1 : 0;
          drain();
        }
      }
    }
  }
}
