package org.cytobeam.io.bytes;

import java.io.Closeable;
import java.util.concurrent.CompletableFuture;

/**
 * Gets whole objects, or their lengths, by their addresses.
 *
 * <p>Transient faults are retried here, with back-off, a limit on tries and a limit on time:
 * whoever calls need not, and every future completes. Safe for use by several threads.
 */
public interface ByteFetcher extends Closeable {

  /**
   * Begins to fetch an object.
   *
   * <p>The future completes with all bytes, or exceptionally with a {@link FetchException}, also if
   * the address makes no sense. Like any future's, what waits on it may find that exception
   * wrapped: {@link FetchException#of} unwraps it. Cancelling the future gives the request up.
   *
   * @param uri in the form that the implementation documents; keys are not percent-encoded
   */
  CompletableFuture<FetchedBytes> fetch(String uri);

  /**
   * Asks how many bytes an object has, and fetches none of them.
   *
   * <p>The future completes as that of {@link #fetch} does.
   */
  CompletableFuture<Long> length(String uri);
}
