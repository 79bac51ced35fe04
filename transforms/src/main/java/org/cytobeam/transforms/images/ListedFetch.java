package org.cytobeam.transforms.images;

import java.util.concurrent.CompletableFuture;
import org.cytobeam.io.bytes.ByteFetcher;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import org.jspecify.annotations.Nullable;

/**
 * One object on its way, which must be the one that was listed.
 *
 * <p>If something else comes it is fetched once more: an object that was put anew since it was
 * listed comes the same again, and is taken. What differs from the listing and has no ETag, or
 * another each time, is {@link Reason#CHANGED}: a page that somebody answers with in place of the
 * object has none.
 */
final class ListedFetch extends CompletableFuture<FetchedBytes> {

  /** What came first, without its bytes. */
  private record Version(String etag, int attempts) {}

  private final ByteFetcher fetcher;
  private final String uri;
  private final Listed listed;
  private volatile CompletableFuture<FetchedBytes> pending = new CompletableFuture<>();

  private ListedFetch(ByteFetcher fetcher, String uri, Listed listed) {
    this.fetcher = fetcher;
    this.uri = uri;
    this.listed = listed;
  }

  /** Begins to fetch an object. */
  static ListedFetch start(ByteFetcher fetcher, String uri, Listed listed) {
    ListedFetch fetch = new ListedFetch(fetcher, uri, listed);
    fetch.ask(null);
    return fetch;
  }

  private void ask(@Nullable Version before) {
    CompletableFuture<FetchedBytes> asked = fetcher.fetch(uri);
    pending = asked;
    if (isDone()) {
      asked.cancel(true);
    }
    asked.whenComplete((came, failure) -> judge(before, came, failure));
  }

  private void judge(
      @Nullable Version before, @Nullable FetchedBytes came, @Nullable Throwable failure) {
    if (came == null) {
      completeExceptionally(failure == null ? new IllegalStateException("no answer") : failure);
    } else if (listed.matches(came.identity(), came.bytes().length)
        || (before != null && isSame(before, came))) {
      hand(before == null ? came : withAttempts(came, before));
    } else {
      came.taken();
      if (before == null) {
        ask(new Version(came.identity(), came.attempts()));
      } else {
        completeExceptionally(changed(before, came));
      }
    }
  }

  private static boolean isSame(Version before, FetchedBytes came) {
    return !before.etag().isEmpty() && before.etag().equals(came.identity());
  }

  private static FetchedBytes withAttempts(FetchedBytes came, Version before) {
    return new FetchedBytes(
        came.bytes(),
        came.identity(),
        came.integrity(),
        before.attempts() + came.attempts(),
        came.contentEncoding(),
        came.whenTaken());
  }

  private void hand(FetchedBytes bytes) {
    if (!complete(bytes)) {
      bytes.taken();
    }
  }

  private FetchException changed(Version before, FetchedBytes came) {
    return new FetchException(
        Reason.CHANGED,
        uri,
        listed.contrast(came.identity(), came.bytes().length),
        before.attempts() + came.attempts(),
        null);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    pending.cancel(mayInterruptIfRunning);
    return cancelled;
  }
}
