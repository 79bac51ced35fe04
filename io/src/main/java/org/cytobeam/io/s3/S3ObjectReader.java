package org.cytobeam.io.s3;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.limits.ByteWindow;
import org.cytobeam.io.limits.HostLimits;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Reads large objects from S3 in order, and proves them while they pass: none is ever in memory as
 * a whole.
 *
 * <p>An object is asked for in ranges, several at once, each on condition that it is the same
 * object ({@code If-Match}). A range that fails in a way that may pass is tried again by itself, as
 * often and with such pauses as the {@link S3Settings} say, and where its answer broke off only the
 * rest is asked for. A server that knows no ranges is read in one stream. The proof is that of
 * {@link S3ByteFetcher}.
 *
 * <p>All requests to one host share its {@link HostLimits limit}; the memory of a read is taken
 * from a {@link ByteWindow}, and where that is small there are fewer ranges, or shorter ones.
 * {@link S3Settings#attemptTimeout} and {@link S3Settings#callTimeout} are those of one range. Safe
 * for use by several threads.
 *
 * <p>Source: Amazon S3 API Reference, HeadObject and GetObject.
 */
public final class S3ObjectReader implements Closeable {

  private final S3Hosts hosts;
  private final ByteWindow room;
  private final RangePlan plan;

  /**
   * Creates a reader that uses the credentials of the settings, or else those that the SDK finds,
   * with a {@linkplain ByteWindow#ofHeap window of the heap} to itself.
   */
  public S3ObjectReader(S3Settings settings) {
    this(settings, ByteWindow.ofHeap());
  }

  /**
   * Creates a reader that uses the credentials of the settings, or else those that the SDK finds.
   *
   * @param room bounds the bytes on their way, with all others that share it
   */
  public S3ObjectReader(S3Settings settings, ByteWindow room) {
    this(S3Hosts.open(settings, HostLimits.ofProcess()), room, RangePlan.DEFAULT);
  }

  /**
   * Creates a reader.
   *
   * @param credentials asked for each signed request, unless the settings have their own
   * @param limits bounds the requests to each host
   * @param room bounds the bytes on their way, with all others that share it
   * @param plan how objects are cut into ranges
   */
  S3ObjectReader(
      S3Settings settings,
      AwsCredentialsProvider credentials,
      HostLimits limits,
      ByteWindow room,
      RangePlan plan) {
    this(S3Hosts.open(settings, credentials, limits), room, plan);
  }

  private S3ObjectReader(S3Hosts hosts, ByteWindow room, RangePlan plan) {
    this.hosts = hosts;
    this.room = room;
    this.plan = plan;
  }

  /**
   * Asks for an object's head, so that whoever takes the bytes knows what is done with them before
   * the first one comes.
   *
   * @param uri of the object, {@code s3://bucket/key}, {@linkplain S3Uri taken as it stands}
   * @param etag that it should have, without quotation marks; empty for any
   * @param bytes that it should have; -1 for any number
   * @throws FetchException if the object can't be had. {@link Reason#CHANGED} if it is another than
   *     was expected: it may be opened anew, with what it is now
   * @throws InterruptedIOException if the thread is interrupted; it still is then
   */
  public OpenObject open(String uri, String etag, long bytes) throws IOException {
    S3Uri address = address(uri);
    S3Host host = hosts.of(address.bucket());
    HeadObjectResponse answer = Waiting.on(HeadQuestion.ask(host, address), uri);
    ObjectHead head = ObjectHead.of(answer);
    checkExpected(uri, head, etag, bytes);
    return new OpenObject(host, address, head, plan, room);
  }

  /** Writes an object to a stream: {@link #open}, and {@link OpenObject#writeTo}. */
  public ReadObject read(String uri, String etag, long bytes, OutputStream out) throws IOException {
    return open(uri, etag, bytes).writeTo(out);
  }

  private static S3Uri address(String uri) throws FetchException {
    try {
      S3Uri address = S3Uri.parse(uri);
      if (!address.key().isEmpty()) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw new FetchException(Reason.BAD_ADDRESS, uri, String.valueOf(e.getMessage()), 0, e);
    }
    throw new FetchException(
        Reason.BAD_ADDRESS, uri, "names a bucket and no object in it", 0, null);
  }

  private static void checkExpected(String uri, ObjectHead head, String etag, long bytes)
      throws FetchException {
    if (!etag.isEmpty() && !etag.equals(head.etag())) {
      String what = "has the ETag " + head.etag() + ", not " + etag + " as before";
      throw new FetchException(Reason.CHANGED, uri, what, 1, null);
    }
    Long length = head.length();
    if (bytes >= 0 && length != null && length != bytes) {
      String what = "has " + length + " bytes, not " + bytes + " as before";
      throw new FetchException(Reason.CHANGED, uri, what, 1, null);
    }
  }

  /** Ends all requests that are under way. */
  @Override
  public void close() {
    hosts.close();
  }
}
