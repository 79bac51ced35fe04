package org.cytobeam.io.ranges;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches bytes in ranges, several in flight at once, and hands them on in order.
 *
 * <p>While one range is taken the others arrive, so that neither the latency of the server nor the
 * pace of one connection limits the whole. Memory for as many ranges as are in flight is allocated
 * and used again and again. Immutable; each {@link #copy} is by itself.
 */
public final class OrderedRanges {

  private record Arriving(CompletableFuture<?> arrival, byte[] bytes, int length) {}

  private final RangeSource source;
  private final int inFlight;
  private final int rangeBytes;

  /**
   * Creates ranges of a source.
   *
   * @param inFlight how many there are at once, at least 1
   * @param rangeBytes how long one of them is, at least 1
   */
  public OrderedRanges(RangeSource source, int inFlight, int rangeBytes) {
    if (inFlight < 1 || rangeBytes < 1) {
      throw new IllegalArgumentException("at least 1 range of 1 byte must be in flight");
    }
    this.source = source;
    this.inFlight = inFlight;
    this.rangeBytes = rangeBytes;
  }

  /**
   * Hands on the bytes from one offset to another, in this thread. However it ends, nothing is in
   * flight afterwards.
   *
   * @param to offset behind the last byte
   * @throws IOException what the source or the taker throws; what was taken until then was right
   * @throws InterruptedIOException if the thread is interrupted; it still is then
   */
  public void copy(long from, long to, ByteTaker taker) throws IOException {
    Deque<Arriving> underWay = new ArrayDeque<>(inFlight);
    byte @Nullable [] free = null;
    long next = from;
    try {
      while (next < to || !underWay.isEmpty()) {
        while (next < to && underWay.size() < inFlight) {
          int length = (int) Math.min(rangeBytes, to - next);
          underWay.addLast(begin(next, free == null ? new byte[length] : free, length));
          free = null;
          next += length;
        }
        Arriving first = underWay.getFirst();
        await(first.arrival());
        taker.take(first.bytes(), 0, first.length());
        underWay.removeFirst();
        free = first.bytes();
      }
    } finally {
      underWay.forEach(range -> range.arrival().cancel(true));
    }
  }

  private Arriving begin(long offset, byte[] bytes, int length) {
    return new Arriving(source.fetch(offset, bytes, length), bytes, length);
  }

  private static void await(CompletableFuture<?> arrival) throws IOException {
    try {
      arrival.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure
          ? failure
          : new IOException(String.valueOf(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted");
      interrupted.initCause(e);
      throw interrupted;
    }
  }
}
