package org.cytobeam.io.bytes;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens a fetcher with the first request: connections that nobody needs cost no time, neither to
 * make nor to end. Safe for use by several threads.
 */
public final class DeferredByteFetcher implements ByteFetcher {

  private final Supplier<ByteFetcher> opener;
  private @Nullable ByteFetcher opened;

  /**
   * Creates a fetcher that is not open.
   *
   * @param opener opens it; called at most once
   */
  public DeferredByteFetcher(Supplier<ByteFetcher> opener) {
    this.opener = opener;
  }

  @Override
  public CompletableFuture<FetchedBytes> fetch(String uri) {
    return open().fetch(uri);
  }

  @Override
  public CompletableFuture<Long> length(String uri) {
    return open().length(uri);
  }

  private synchronized ByteFetcher open() {
    ByteFetcher fetcher = opened;
    if (fetcher == null) {
      fetcher = opener.get();
      opened = fetcher;
    }
    return fetcher;
  }

  @Override
  public synchronized void close() throws IOException {
    if (opened != null) {
      opened.close();
    }
  }
}
