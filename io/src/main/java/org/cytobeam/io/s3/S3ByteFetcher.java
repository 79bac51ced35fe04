package org.cytobeam.io.s3;

import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.cytobeam.io.bytes.ByteFetcher;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Fetches whole objects from S3, and proves them.
 *
 * <p>An address is {@code s3://bucket/key}, {@linkplain S3Uri taken as it stands}. The length is
 * always checked; then a checksum that the server keeps, if there is one, or else the ETag, if it
 * is the MD5 of the object. Bytes that fail a check are fetched anew, three times in all.
 *
 * <p>Broken connections, throttling and failures of the server are retried by the SDK as the {@link
 * S3Settings} say, and a call that takes too long is given up. A fetch ends within twice {@link
 * S3Settings#callTimeout}: a call that found damage at the last moment is repeated once more.
 */
public final class S3ByteFetcher implements ByteFetcher {

  private static final int TRIES_ON_DAMAGE = 3;
  private static final double JITTER = 0.5;

  private final S3AsyncClient client;
  private final long maxBytes;
  private final RetryPolicy<FetchedBytes> onDamage;

  /** Creates a fetcher with a client of its own. */
  public S3ByteFetcher(S3Settings settings, long maxBytes) {
    this(S3Clients.async(settings), settings, maxBytes);
  }

  /**
   * Creates a fetcher.
   *
   * @param client built by {@link S3Clients} from the same settings; closed with the fetcher
   * @param maxBytes longest object that is fetched
   */
  public S3ByteFetcher(S3AsyncClient client, S3Settings settings, long maxBytes) {
    this.client = client;
    this.maxBytes = maxBytes;
    Duration pause = settings.retryDelay();
    this.onDamage =
        RetryPolicy.<FetchedBytes>builder()
            .handle(DamagedException.class)
            .withMaxRetries(TRIES_ON_DAMAGE - 1)
            .withBackoff(pause, pause.multipliedBy(1L << TRIES_ON_DAMAGE))
            .withJitter(JITTER)
            .withMaxDuration(settings.callTimeout())
            .build();
  }

  @Override
  public CompletableFuture<FetchedBytes> fetch(String uri) {
    S3Uri address;
    try {
      address = S3Uri.parse(uri);
    } catch (IllegalArgumentException e) {
      return refuse(uri, String.valueOf(e.getMessage()));
    }
    if (address.key().isEmpty()) {
      return refuse(uri, "names a bucket and no object in it");
    }
    return new S3Fetch(client, address, maxBytes).start(onDamage);
  }

  private static CompletableFuture<FetchedBytes> refuse(String uri, String what) {
    return CompletableFuture.failedFuture(
        new FetchException(Reason.BAD_ADDRESS, uri, what, 0, null));
  }

  @Override
  public void close() {
    client.close();
  }
}
