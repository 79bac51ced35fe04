package org.cytobeam.transforms.images;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.transforms.flow.Stopwatch;
import org.cytobeam.transforms.outcome.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One object on its way to its file, whole: fetched without a thread, and written in one of those
 * that wait for the disk, so that files of a bundle don't wait for each other.
 *
 * <p>Completes with what became of the item; exceptionally with what ends the run, and with {@link
 * Reason#TOO_LARGE} if the object has become too long to be whole. Cancelling gives up what has not
 * arrived; a file that is being written is finished.
 */
final class ObjectCopy extends CompletableFuture<Outcome> {

  private final ObjectCopier copier;
  private final Outcome outcome;
  private final Stopwatch watch;
  private volatile CompletableFuture<FetchedBytes> fetch = new CompletableFuture<>();

  private ObjectCopy(ObjectCopier copier, Outcome outcome, Stopwatch watch) {
    this.copier = copier;
    this.outcome = outcome;
    this.watch = watch;
  }

  /** Begins to copy the object of a pending item. */
  static ObjectCopy start(
      CopySession session, ObjectCopier copier, Outcome outcome, Stopwatch watch) {
    ObjectCopy copy = new ObjectCopy(copier, outcome, watch);
    copy.fetch =
        ListedFetch.start(
            session.fetcher(), outcome.getItem().getUri(), Listed.of(outcome.getFacts()));
    Executor writers = session.writers();
    copy.fetch.whenCompleteAsync(copy::end, writers);
    return copy;
  }

  private void end(@Nullable FetchedBytes object, @Nullable Throwable failure) {
    try {
      if (isDone()) {
        giveBack(object);
      } else if (object != null) {
        complete(copier.write(outcome, object, watch));
      } else {
        String uri = outcome.getItem().getUri();
        Throwable thrown = failure == null ? new IllegalStateException("no answer") : failure;
        complete(unfetched(FetchException.of(uri, thrown)));
      }
    } catch (Throwable e) {
      completeExceptionally(e);
    }
  }

  private Outcome unfetched(FetchException failure) throws IOException {
    if (failure.reason() == Reason.TOO_LARGE) {
      throw failure;
    }
    return copier.unfetched(outcome.getItem(), failure);
  }

  private static void giveBack(@Nullable FetchedBytes object) {
    if (object != null) {
      object.taken();
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    fetch.cancel(mayInterruptIfRunning);
    return cancelled;
  }
}
