package org.cytobeam.io.ranges;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * One thing whose bytes can be had in ranges, several at once; all of them are of the same state of
 * it. Safe for use by several threads.
 */
public interface RangeSource {

  /**
   * Begins to fetch a range into memory, and tries again what may succeed the next time.
   *
   * <p>The future completes when all bytes of the range are there, and nothing is written to {@code
   * target} afterwards; exceptionally with an {@link IOException} if they can't be had, which is a
   * {@link NoRangesException} if only the whole can be had. Cancelling it ends the request.
   *
   * @param offset of the range's first byte
   * @param target has the bytes from its beginning on
   * @param length of the range, greater than 0
   */
  CompletableFuture<?> fetch(long offset, byte[] target, int length);
}
