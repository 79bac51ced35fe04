package org.cytobeam.io.bytes;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.cytobeam.io.bytes.FetchException.Reason;

/**
 * Hands each address to the fetcher for its scheme.
 *
 * <p>An absolute path counts as {@code file}. An address without a fetcher is {@link
 * Reason#BAD_ADDRESS}, and the message says which schemes there are.
 */
public final class SchemeByteFetcher implements ByteFetcher {

  private final Map<String, ByteFetcher> fetchers;

  /**
   * Creates a fetcher that owns others, and closes them.
   *
   * @param fetchers by scheme in lower case, such as {@code s3}
   */
  public SchemeByteFetcher(Map<String, ? extends ByteFetcher> fetchers) {
    this.fetchers = new TreeMap<>(fetchers);
  }

  @Override
  public CompletableFuture<FetchedBytes> fetch(String uri) {
    return ask(uri, fetcher -> fetcher.fetch(uri));
  }

  @Override
  public CompletableFuture<Long> length(String uri) {
    return ask(uri, fetcher -> fetcher.length(uri));
  }

  private <T> CompletableFuture<T> ask(
      String uri, Function<ByteFetcher, CompletableFuture<T>> question) {
    int colon = uri.indexOf(':');
    String scheme = uri.startsWith("/") ? "file" : colon < 0 ? "" : uri.substring(0, colon);
    ByteFetcher fetcher = fetchers.get(scheme);
    if (fetcher == null) {
      String what = "is neither an absolute path nor a URI with one of " + schemes();
      return CompletableFuture.failedFuture(
          new FetchException(Reason.BAD_ADDRESS, uri, what, 0, null));
    }
    return question.apply(fetcher);
  }

  private String schemes() {
    return String.join(", ", fetchers.keySet());
  }

  /** Closes all fetchers, even if one of them fails. */
  @Override
  public void close() throws IOException {
    IOException first = null;
    for (ByteFetcher fetcher : fetchers.values()) {
      try {
        fetcher.close();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
