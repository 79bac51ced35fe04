package org.cytobeam.transforms.s3;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.cytobeam.transforms.flow.Stopwatch;
import org.cytobeam.transforms.outcome.Outcome;
import org.joda.time.Instant;

/**
 * The requests of one bundle that are under way, handed back in the order of their answers.
 *
 * @param <T> an answer
 */
public final class OpenRequests<T> {

  /**
   * A request, and where its answer belongs.
   *
   * @param <T> the answer
   */
  public record Request<T>(
      Outcome outcome,
      CompletableFuture<T> answer,
      Stopwatch watch,
      Instant timestamp,
      BoundedWindow window) {}

  private final Consumer<? super T> unwanted;
  private final Set<CompletableFuture<T>> open = new HashSet<>();
  private final BlockingQueue<Request<T>> answered = new LinkedBlockingQueue<>();

  /**
   * Creates one without requests.
   *
   * @param unwanted is given each answer that has come when nobody waits for it any more
   */
  public OpenRequests(Consumer<? super T> unwanted) {
    this.unwanted = unwanted;
  }

  /** Adds a request that was made. */
  public void add(Request<T> request) {
    open.add(request.answer());
    request.answer().whenComplete((answer, failure) -> answered.add(request));
  }

  /** Returns how many there are. */
  public int count() {
    return open.size();
  }

  /** Waits for an answer, and returns the request that was answered first. */
  public Request<T> next() throws IOException {
    try {
      Request<T> request = answered.take();
      open.remove(request.answer());
      return request;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while fetching", e);
    }
  }

  /** Gives up what nobody waits for any more: a bundle that failed leaves such requests behind. */
  public void abandon() {
    for (CompletableFuture<T> answer : open) {
      answer.cancel(true);
      answer.thenAccept(unwanted);
    }
    open.clear();
  }
}
