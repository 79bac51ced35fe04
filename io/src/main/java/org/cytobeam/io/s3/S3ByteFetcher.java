package org.cytobeam.io.s3;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import org.cytobeam.io.bytes.ByteFetcher;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.io.limits.ByteWindow;
import org.cytobeam.io.limits.HostLimits;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

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
 */
public final class S3ByteFetcher implements ByteFetcher {

  private final S3Hosts hosts;
  private final long maxBytes;
  private final ByteWindow room;

  /**
   * Creates a fetcher that uses the credentials of the settings, or else those that the SDK finds.
   * It shares the {@linkplain HostLimits#ofProcess limits} of its hosts with the whole process, and
   * has a {@linkplain ByteWindow#ofHeap window of the heap} to itself.
   *
   * @param maxBytes longest object that is fetched
   */
  public S3ByteFetcher(S3Settings settings, long maxBytes) {
    this(settings, maxBytes, ByteWindow.ofHeap());
  }

  /**
   * Creates a fetcher that uses the credentials of the settings, or else those that the SDK finds,
   * and shares the {@linkplain HostLimits#ofProcess limits} of its hosts with the whole process.
   *
   * @param maxBytes longest object that is fetched
   * @param room bounds the bytes on their way; longer objects than {@link ByteWindow#longest} are
   *     not fetched
   */
  public S3ByteFetcher(S3Settings settings, long maxBytes, ByteWindow room) {
    this(S3Hosts.open(settings, HostLimits.ofProcess()), maxBytes, room);
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
    this(S3Hosts.open(settings, credentials, limits), maxBytes, room);
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
    this(S3Hosts.open(settings, credentials, limits, random), maxBytes, room);
  }

  private S3ByteFetcher(S3Hosts hosts, long maxBytes, ByteWindow room) {
    this.hosts = hosts;
    this.maxBytes = maxBytes;
    this.room = room;
  }

  @Override
  public CompletableFuture<FetchedBytes> fetch(String uri) {
    return ask(
        uri,
        (host, address) -> new S3Fetch(new S3Fetch.Means(host, maxBytes, room), address).start());
  }

  /** {@inheritDoc} It costs one HEAD request, tried again as a fetch is. */
  @Override
  public CompletableFuture<Long> length(String uri) {
    return ask(
        uri,
        (host, address) ->
            HeadQuestion.ask(host, address).thenApply(HeadObjectResponse::contentLength));
  }

  private <T> CompletableFuture<T> ask(
      String uri, BiFunction<S3Host, S3Uri, CompletableFuture<T>> question) {
    S3Uri address;
    try {
      address = S3Uri.parse(uri);
    } catch (IllegalArgumentException e) {
      return refuse(uri, String.valueOf(e.getMessage()));
    }
    if (address.key().isEmpty()) {
      return refuse(uri, "names a bucket and no object in it");
    }
    return question.apply(hosts.of(address.bucket()), address);
  }

  private static <T> CompletableFuture<T> refuse(String uri, String what) {
    return CompletableFuture.failedFuture(
        new FetchException(Reason.BAD_ADDRESS, uri, what, 0, null));
  }

  @Override
  public void close() {
    hosts.close();
  }
}
