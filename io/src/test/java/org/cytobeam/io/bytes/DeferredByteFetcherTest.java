package org.cytobeam.io.bytes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeferredByteFetcherTest {

  @TempDir private Path folder;

  private final List<String> events = new ArrayList<>();

  private ByteFetcher opened() {
    events.add("opened");
    FileByteFetcher files = new FileByteFetcher(100);
    return new ByteFetcher() {
      @Override
      public CompletableFuture<FetchedBytes> fetch(String uri) {
        events.add("asked");
        return files.fetch(uri);
      }

      @Override
      public CompletableFuture<Long> length(String uri) {
        events.add("asked for a length");
        return files.length(uri);
      }

      @Override
      public void close() {
        events.add("closed");
      }
    };
  }

  @Test
  void opensWithTheFirstRequestAndOnlyOnce() throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[] {1, 2});
    try (DeferredByteFetcher fetcher = new DeferredByteFetcher(this::opened)) {
      assertThat(events, is(List.of()));
      assertThat(fetcher.fetch(file.toString()).get().bytes(), is(new byte[] {1, 2}));
      assertThat(fetcher.length(file.toString()).get(), is(2L));
    }
    assertThat(events, is(List.of("opened", "asked", "asked for a length", "closed")));
  }

  @Test
  void closesNothingThatNobodyAskedFor() throws Exception {
    new DeferredByteFetcher(this::opened).close();

    assertThat(events, is(List.of()));
  }
}
