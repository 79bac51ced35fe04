package org.cytobeam.io.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.cytobeam.io.bytes.ByteFetcher;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.io.limits.ByteWindow;
import org.cytobeam.io.limits.HostLimits;
import org.cytobeam.io.limits.Scheduler;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/**
 * A process that knows names of hosts from a file alone, and fetches from a host that the file does
 * not name before the first attempt has failed.
 */
final class LateNameChild {

  private static final String HOST = "late-host";

  private LateNameChild() {}

  /** Takes the file, which is that of the JDK's property too, a port, and the object's address. */
  public static void main(String[] arguments) throws Exception {
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    S3Settings settings =
        S3Settings.builder()
            .setEndpoint(URI.create("http://" + HOST + ":" + arguments[1]))
            .setRegion("us-east-1")
            .setAnonymous(true)
            .setRetryDelay(Duration.ofMillis(1))
            .build();
    AtomicInteger failed = new AtomicInteger();
    try (ByteFetcher fetcher =
        new S3ByteFetcher(
            settings,
            AnonymousCredentialsProvider.create(),
            1 << 20,
            new HostLimits(Scheduler.system()),
            ByteWindow.ofHeap(),
            () -> {
              name(Path.of(arguments[0]));
              failed.incrementAndGet();
              return 0;
            })) {
      FetchedBytes fetched = fetcher.fetch(arguments[2]).get();
      System.out.println(
          "%d bytes, %d attempts, %d failed"
              .formatted(fetched.bytes().length, fetched.attempts(), failed.get()));
    }
  }

  private static void name(Path hosts) {
    try {
      Files.writeString(hosts, "127.0.0.1 " + HOST + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
