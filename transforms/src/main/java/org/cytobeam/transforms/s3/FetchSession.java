package org.cytobeam.transforms.s3;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.cytobeam.io.bytes.ByteFetcher;
import org.cytobeam.io.bytes.DeferredByteFetcher;
import org.cytobeam.io.bytes.FileByteFetcher;
import org.cytobeam.io.bytes.SchemeByteFetcher;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.s3.S3ByteFetcher;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.transforms.flow.Breaker;
import org.cytobeam.transforms.flow.ItemBytes;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.SharedDestinations;
import org.cytobeam.transforms.outcome.DoneIndex;

/**
 * Connections, the index of what is done, breaker and items' lengths: one each a process and run.
 */
final class FetchSession implements Closeable {

  private static final Shared<FetchSettings, FetchSession> SESSIONS =
      new Shared<>(FetchSession::open, FetchSettings::betweenTasks);

  private final Shared.Lease<Destination> destination;
  private final DoneIndex done;
  private final ByteFetcher fetcher;
  private final Shared.Lease<ItemBytes> itemBytes;
  private final Breaker breaker = new Breaker(Breaker.DEFAULT_LIMIT);

  private FetchSession(
      Shared.Lease<Destination> destination,
      DoneIndex done,
      ByteFetcher fetcher,
      Shared.Lease<ItemBytes> itemBytes) {
    this.destination = destination;
    this.done = done;
    this.fetcher = fetcher;
    this.itemBytes = itemBytes;
  }

  static Shared.Lease<FetchSession> lease(FetchSettings settings) throws IOException {
    return SESSIONS.lease(settings);
  }

  private static FetchSession open(FetchSettings settings) throws IOException {
    Shared.Lease<Destination> destination = SharedDestinations.lease(settings.run().destination());
    try {
      return new FetchSession(
          destination,
          DoneIndex.load(destination.get(), settings.run(), settings.rule()),
          fetcher(settings.s3(), settings.maxBytes()),
          ItemBytes.lease(settings.run().run().value()));
    } catch (IOException | RuntimeException e) {
      destination.close();
      throw e;
    }
  }

  /** Returns a fetcher of all addresses that tables may have. */
  static ByteFetcher fetcher(S3Settings s3, long maxBytes) {
    return new SchemeByteFetcher(
        Map.of(
            "s3", new DeferredByteFetcher(() -> new S3ByteFetcher(s3, maxBytes)),
            "file", new FileByteFetcher(maxBytes)));
  }

  DoneIndex done() {
    return done;
  }

  ByteFetcher fetcher() {
    return fetcher;
  }

  Breaker breaker() {
    return breaker;
  }

  ItemBytes itemBytes() {
    return itemBytes.get();
  }

  @Override
  public void close() throws IOException {
    try {
      itemBytes.close();
      fetcher.close();
    } finally {
      destination.close();
    }
  }
}
