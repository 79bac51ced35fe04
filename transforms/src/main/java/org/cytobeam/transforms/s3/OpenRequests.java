package org.cytobeam.transforms.s3;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.transforms.flow.Stopwatch;
import org.cytobeam.transforms.outcome.Outcome;
import org.joda.time.Instant;

/** The requests of one bundle that are under way, handed back in the order of their answers. */
final class OpenRequests {

  /** A request, and where its answer belongs. */
  record Request(
      Outcome outcome,
      CompletableFuture<FetchedBytes> answer,
      Stopwatch watch,
      Instant timestamp,
      BoundedWindow window) {}

  private final Set<CompletableFuture<FetchedBytes>> open = new HashSet<>();
  private final BlockingQueue<Request> answered = new LinkedBlockingQueue<>();

  void add(Request request) {
    open.add(request.answer());
    request.answer().whenComplete((bytes, failure) -> answered.add(request));
  }

  int count() {
    return open.size();
  }

  /** Waits for an answer, and returns the request that was answered first. */
  Request next() throws IOException {
    try {
      Request request = answered.take();
      open.remove(request.answer());
      return request;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while fetching", e);
    }
  }

  /** Gives up what nobody waits for any more: a bundle that failed leaves such requests behind. */
  void abandon() {
    for (CompletableFuture<FetchedBytes> answer : open) {
      answer.cancel(true);
      answer.thenAccept(FetchedBytes::taken);
    }
    open.clear();
  }
}
