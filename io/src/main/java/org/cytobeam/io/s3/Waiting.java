package org.cytobeam.io.s3;

import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.cytobeam.io.bytes.FetchException;

/** Waits in a thread for what other threads do; the thread can be told to stop. */
final class Waiting {

  private Waiting() {}

  /**
   * Returns what a call ends with.
   *
   * @param uri that failures name
   * @throws FetchException if it failed
   * @throws InterruptedIOException if this thread is interrupted; it still is then, and the call is
   *     given up
   */
  static <T> T on(CompletableFuture<T> call, String uri)
      throws FetchException, InterruptedIOException {
    try {
      return call.get();
    } catch (ExecutionException e) {
      throw FetchException.of(uri, e);
    } catch (InterruptedException e) {
      call.cancel(true);
      throw interrupted(uri, e);
    }
  }

  /** Returns what an interrupt means to whoever reads or lists; sets it again. */
  static InterruptedIOException interrupted(String uri, InterruptedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted = new InterruptedIOException("interrupted: " + uri);
    interrupted.initCause(e);
    return interrupted;
  }
}
