package org.cytobeam.io.s3;

import java.io.Closeable;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.limits.HostLimits;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Finds out which objects a bucket has: all of them that begin alike, or a single one.
 *
 * <p>Whatever is {@linkplain Reason#retryable worth another attempt} gets one, as often and with
 * such pauses as the {@link S3Settings} say; a page that comes mangled, or as something else, is
 * asked for again. All requests to one host share its {@linkplain HostLimits#ofProcess limit}. Safe
 * for use by several threads.
 *
 * <p>Source: Amazon S3 API Reference, ListObjectsV2 and HeadObject.
 */
public final class S3ObjectLister implements Closeable {

  /** Is shown objects. */
  @FunctionalInterface
  public interface Visitor {

    /** Takes an object, and returns whether to go on to the next. */
    boolean visit(ListedObject object);
  }

  private final S3Hosts hosts;

  /** Creates a lister that uses the credentials of the settings, or those that the SDK finds. */
  public S3ObjectLister(S3Settings settings) {
    this(S3Hosts.open(settings, HostLimits.ofProcess()));
  }

  /**
   * Creates a lister.
   *
   * @param credentials asked for each signed request, unless the settings have their own
   * @param limits bounds the requests to each host
   */
  public S3ObjectLister(
      S3Settings settings, AwsCredentialsProvider credentials, HostLimits limits) {
    this(S3Hosts.open(settings, credentials, limits));
  }

  private S3ObjectLister(S3Hosts hosts) {
    this.hosts = hosts;
  }

  /**
   * Shows a visitor all objects whose keys begin alike, ascending by the UTF-8 of their keys, each
   * key once, whatever pages repeat. Objects that stand for folders, empty and with a slash at the
   * end of their keys, are among them.
   *
   * <p>The visitor is called in this thread, while the next page is on its way. Memory is needed
   * for two pages, a thousand objects each.
   *
   * @param prefix what the keys begin with; empty for any
   * @param after the key behind which to begin, which need not exist; empty for the first
   * @return how many requests have been sent
   * @throws FetchException if a page can't be had or the listing would never end. What was shown
   *     until then was right; it can be gone on with behind the last key
   * @throws InterruptedIOException if the thread is interrupted; it still is then
   */
  public long list(String bucket, String prefix, String after, Visitor visitor)
      throws FetchException, InterruptedIOException {
    S3Uri address = address(bucket, prefix);
    return new Listing(hosts.of(bucket), address, after).each(visitor);
  }

  /**
   * Looks for one object with one HEAD request, tried again as others are.
   *
   * <p>The future completes with nothing if there is no such object, be it that there is no such
   * bucket; exceptionally, with a {@link FetchException}, if that can't be found out: {@link
   * Reason#DENIED} also where the bucket does not let this user know what it lacks. When the server
   * refuses, it is asked for one byte as well, which tells whether the credentials have expired.
   */
  public CompletableFuture<Optional<ListedObject>> look(String bucket, String key) {
    S3Uri address;
    try {
      address = address(bucket, key);
    } catch (FetchException e) {
      return CompletableFuture.failedFuture(e);
    }
    return HeadQuestion.ask(hosts.of(bucket), address)
        .handle((head, failure) -> found(key, head, failure));
  }

  private static Optional<ListedObject> found(
      String key, HeadObjectResponse head, @Nullable Throwable failure) {
    if (failure == null) {
      return Optional.of(object(key, head));
    }
    Throwable cause = S3Failures.unwrap(failure);
    if (cause instanceof FetchException fetch && fetch.reason() == Reason.MISSING) {
      return Optional.empty();
    }
    throw new CompletionException(cause);
  }

  private static ListedObject object(String key, HeadObjectResponse head) {
    Long bytes = head.contentLength();
    String etag = head.eTag();
    Instant modified = head.lastModified();
    return new ListedObject(
        key,
        bytes == null ? 0 : bytes,
        etag == null ? "" : etag.replace("\"", ""),
        modified == null ? 0 : modified.toEpochMilli());
  }

  private static S3Uri address(String bucket, String key) throws FetchException {
    try {
      return new S3Uri(bucket, key);
    } catch (IllegalArgumentException e) {
      String uri = "s3://" + bucket + "/" + key;
      throw new FetchException(Reason.BAD_ADDRESS, uri, String.valueOf(e.getMessage()), 0, e);
    }
  }

  /** Ends all requests that are under way. */
  @Override
  public void close() {
    hosts.close();
  }
}
