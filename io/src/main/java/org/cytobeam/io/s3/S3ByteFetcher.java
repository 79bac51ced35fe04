package org.cytobeam.io.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import org.cytobeam.io.bytes.ByteFetcher;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.io.limits.ByteWindow;
import org.cytobeam.io.limits.HostLimit;
import org.cytobeam.io.limits.HostLimits;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Fetches whole objects from S3, and proves them.
 *
 * <p>An address is {@code s3://bucket/key}, {@linkplain S3Uri taken as it stands}. The length is
 * always checked; then a checksum that the server keeps, if there is one, or else the ETag, if it
 * is the MD5 of the object.
 *
 * <p>Whatever is {@linkplain Reason#retryable worth another attempt}, damage included, gets one, as
 * often and with such pauses as the {@link S3Settings} say. Where an answer broke off in the middle
 * the next attempt asks for the rest, on condition that the object is still the same; what doesn't
 * fit together is begun anew, and the whole is always checked. An object that changes twice while
 * it is fetched is {@link Reason#CHANGED}.
 *
 * <p>All fetches from one host share its {@link HostLimit}: when it asks for fewer requests, all of
 * them wait. {@link S3Settings#callTimeout} begins with the first request for an object, and ends
 * its fetch whatever happens.
 *
 * <p>The bytes that are asked for, arriving, or {@linkplain FetchedBytes#taken not yet taken} are
 * bounded by a {@link ByteWindow}.
 *
 * <p>Each attempt is a call of its own and the SDK's retries are off: in the asynchronous client
 * (2.40.10) the end of an attempt that timed out can arrive while the next one runs, and is taken
 * for the end of that.
 */
public final class S3ByteFetcher implements ByteFetcher {

  private final S3AsyncClient client;
  private final S3Settings settings;
  private final long maxBytes;
  private final HostLimits limits;
  private final ByteWindow room;
  private final DoubleSupplier random;
  private final Map<String, S3Fetch.Means> hosts = new ConcurrentHashMap<>();

  /**
   * Creates a fetcher that uses the credentials of the settings, or else those that the SDK finds.
   * It shares the {@linkplain HostLimits#ofProcess limits} of its hosts with the whole process, and
   * has a {@linkplain ByteWindow#ofHeap window of the heap} to itself.
   *
   * @param maxBytes longest object that is fetched
   */
  public S3ByteFetcher(S3Settings settings, long maxBytes) {
    this(
        S3Clients.async(singleAttempts(settings)),
        settings,
        maxBytes,
        HostLimits.ofProcess(),
        ByteWindow.ofHeap(),
        S3ByteFetcher::random);
  }

  /**
   * Creates a fetcher.
   *
   * @param credentials asked for each signed request, unless the settings have their own
   * @param maxBytes longest object that is fetched
   * @param limits bounds the requests to each host
   * @param room bounds the bytes on their way; longer objects than {@link ByteWindow#longest} are
   *     not fetched
   */
  public S3ByteFetcher(
      S3Settings settings,
      AwsCredentialsProvider credentials,
      long maxBytes,
      HostLimits limits,
      ByteWindow room) {
    this(settings, credentials, maxBytes, limits, room, S3ByteFetcher::random);
  }

  /**
   * Creates a fetcher whose jitter is foreseeable.
   *
   * @param random gives numbers from 0 to 1, one for each pause before another attempt
   */
  S3ByteFetcher(
      S3Settings settings,
      AwsCredentialsProvider credentials,
      long maxBytes,
      HostLimits limits,
      ByteWindow room,
      DoubleSupplier random) {
    this(
        S3Clients.async(singleAttempts(settings), credentials),
        settings,
        maxBytes,
        limits,
        room,
        random);
  }

  private S3ByteFetcher(
      S3AsyncClient client,
      S3Settings settings,
      long maxBytes,
      HostLimits limits,
      ByteWindow room,
      DoubleSupplier random) {
    this.client = client;
    this.settings = settings;
    this.maxBytes = maxBytes;
    this.limits = limits;
    this.room = room;
    this.random = random;
  }

  private static double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /** The SDK's own clocks stay behind ours, in case a call slips away. */
  private static S3Settings singleAttempts(S3Settings settings) {
    Duration beyond = settings.attemptTimeout().multipliedBy(2);
    return settings.toBuilder()
        .setMaxAttempts(1)
        .setAttemptTimeout(beyond)
        .setCallTimeout(beyond)
        .build();
  }

  @Override
  public CompletableFuture<FetchedBytes> fetch(String uri) {
    return ask(uri, (means, address) -> new S3Fetch(means, address).start());
  }

  /** {@inheritDoc} It costs one HEAD request, tried again as a fetch is. */
  @Override
  public CompletableFuture<Long> length(String uri) {
    return ask(uri, (means, address) -> new S3Length(means, address).ask());
  }

  private <T> CompletableFuture<T> ask(
      String uri, BiFunction<S3Fetch.Means, S3Uri, CompletableFuture<T>> question) {
    S3Uri address;
    try {
      address = S3Uri.parse(uri);
    } catch (IllegalArgumentException e) {
      return refuse(uri, String.valueOf(e.getMessage()));
    }
    if (address.key().isEmpty()) {
      return refuse(uri, "names a bucket and no object in it");
    }
    return question.apply(hosts.computeIfAbsent(host(address.bucket()), this::means), address);
  }

  private S3Fetch.Means means(String host) {
    HostLimit limit = limits.of(host, settings.maxConnections());
    FirstContact contact = new FirstContact(client, settings.connectTimeout());
    return new S3Fetch.Means(client, settings, maxBytes, limit, room, contact, random);
  }

  private static <T> CompletableFuture<T> refuse(String uri, String what) {
    return CompletableFuture.failedFuture(
        new FetchException(Reason.BAD_ADDRESS, uri, what, 0, null));
  }

  /** Amazon gives each bucket a host of its own, and turns requests away by bucket and prefix. */
  private String host(String bucket) {
    URI endpoint = settings.endpoint();
    return endpoint == null
        ? bucket + ".s3.amazonaws.com"
        : endpoint.getHost() + ":" + endpoint.getPort();
  }

  @Override
  public void close() {
    client.close();
  }
}
