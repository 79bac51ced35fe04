package org.cytobeam.io.s3;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.cytobeam.io.bytes.ByteFetcher;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchedBytes;

/** A process that fetches many images, sixteen at once, and says what became of them. */
final class SmallHeapChild {

  private static final int IN_FLIGHT = 16;

  private final Deque<CompletableFuture<FetchedBytes>> open = new ArrayDeque<>();
  private int fetched;
  private String failures = "";

  private SmallHeapChild() {}

  /** Takes the address of a server and the addresses of the images. */
  public static void main(String[] arguments) throws Exception {
    S3Settings settings =
        S3Settings.builder()
            .setEndpoint(URI.create(arguments[0]))
            .setRegion("us-east-1")
            .setAnonymous(true)
            .build();
    SmallHeapChild child = new SmallHeapChild();
    try (ByteFetcher fetcher = new S3ByteFetcher(settings, 1L << 30)) {
      for (int i = 1; i < arguments.length; i++) {
        if (child.open.size() == IN_FLIGHT) {
          child.takeOldest();
        }
        child.open.add(fetcher.fetch(arguments[i]));
      }
      while (!child.open.isEmpty()) {
        child.takeOldest();
      }
    }
    System.out.println(child.fetched + " fetched" + child.failures);
  }

  private void takeOldest() throws InterruptedException {
    try {
      FetchedBytes bytes = open.remove().get();
      fetched++;
      bytes.taken();
    } catch (ExecutionException e) {
      failures += ", " + FetchException.of("", e).reason();
    }
  }
}
