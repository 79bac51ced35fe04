package org.cytobeam.transforms.images;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.cytobeam.transforms.flow.Stopwatch;
import org.cytobeam.transforms.outcome.Outcome;

/**
 * One object that is streamed into its file in a thread of its own, so that a long one keeps no
 * short one waiting.
 *
 * <p>Completes with what became of the item; exceptionally with what ends the run. Cancelling
 * interrupts the thread, and leaves no file.
 */
final class StreamedCopy extends CompletableFuture<Outcome> {

  private final ObjectCopier copier;
  private final Outcome outcome;
  private final Stopwatch watch;
  private volatile Future<?> task = new CompletableFuture<Outcome>();

  private StreamedCopy(ObjectCopier copier, Outcome outcome, Stopwatch watch) {
    this.copier = copier;
    this.outcome = outcome;
    this.watch = watch;
  }

  /** Begins to copy the object of a pending item. */
  static StreamedCopy start(
      ExecutorService threads, ObjectCopier copier, Outcome outcome, Stopwatch watch) {
    StreamedCopy copy = new StreamedCopy(copier, outcome, watch);
    copy.task = threads.submit(copy::run);
    return copy;
  }

  private void run() {
    try {
      complete(copier.stream(outcome, watch));
    } catch (Throwable e) {
      completeExceptionally(e);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    task.cancel(true);
    return cancelled;
  }
}
