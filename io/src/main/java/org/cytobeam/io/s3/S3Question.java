package org.cytobeam.io.s3;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.cytobeam.io.bytes.FetchException;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * What an {@link S3Call} asks, as often as it takes. One attempt follows another.
 *
 * @param <R> what the SDK answers
 * @param <T> what the answer means
 */
interface S3Question<R, T> {

  /**
   * Sends the request.
   *
   * @param trace to be put into the attributes of the request
   * @return the SDK's own future: completing it ends the request
   */
  CompletableFuture<R> send(S3AsyncClient client, CallTrace trace);

  /**
   * Returns what an answer means.
   *
   * @throws DamagedException if it is not what was asked for
   * @throws FetchException if it means a failure
   * @throws IOException if it ends the call without being a failure of the server
   */
  T take(R answer) throws DamagedException, IOException;

  /**
   * Returns what a failure means to this question; called once for each attempt that fails without
   * an answer.
   *
   * @param failure as {@link S3Failures} understands it
   * @param answered whether the head of an answer had come
   */
  default FetchException explain(FetchException failure, boolean answered) {
    return failure;
  }

  /** Returns whether a failure may pass when the question is asked again. */
  default boolean mayPass(FetchException failure) {
    return failure.retryable();
  }
}
