package org.cytobeam.testing.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * One thing that goes wrong with one request. Immutable.
 *
 * <p>A fault either answers <em>instead</em> of the server, so that the request has no effect, or
 * lets the server take the request for another, or changes how the answer looks or travels. Byte
 * counts and offsets are those of the body of the answer.
 */
public final class Fault {

  private final boolean instead;
  private final Optional<String> method;
  private final UnaryOperator<Request> misread;
  private final UnaryOperator<Response> change;

  private Fault(
      boolean instead,
      Optional<String> method,
      UnaryOperator<Request> misread,
      UnaryOperator<Response> change) {
    this.instead = instead;
    this.method = method;
    this.misread = misread;
    this.change = change;
  }

  private static Fault answer(Response answer) {
    return new Fault(true, Optional.empty(), UnaryOperator.identity(), ignored -> answer);
  }

  private static Fault change(UnaryOperator<Response> change) {
    return new Fault(false, Optional.empty(), UnaryOperator.identity(), change);
  }

  private static Fault misread(UnaryOperator<Request> misread) {
    return new Fault(false, Optional.empty(), misread, UnaryOperator.identity());
  }

  private static byte[] joined(byte[] body, byte[] more) {
    byte[] both = Arrays.copyOf(body, body.length + more.length);
    System.arraycopy(more, 0, both, body.length, more.length);
    return both;
  }

  private static Fault delivery(UnaryOperator<Delivery> change) {
    return change(r -> r.with(change.apply(r.delivery())));
  }

  /** Returns a fault that is none: the request is served as usual. */
  public static Fault none() {
    return change(UnaryOperator.identity());
  }

  /** Answers with a status and the XML error that S3 most often means by it: 503 is SlowDown. */
  public static Fault status(int status) {
    return answer(S3Error.ofStatus(status));
  }

  /** Answers with a status and an XML error of the given code. */
  public static Fault error(int status, String code) {
    return answer(S3Error.response(status, code, "Answered by a script of the test."));
  }

  /** Answers 301 PermanentRedirect, naming the region that the bucket is in. */
  public static Fault redirect(String region) {
    return answer(S3Error.PERMANENT_REDIRECT.response().with("x-amz-bucket-region", region));
  }

  /** Answers with any text. */
  public static Fault body(int status, String contentType, String text) {
    return answer(Response.of(status, contentType, text.getBytes(UTF_8)));
  }

  /** Resets the connection (RST) after so many bytes; the headers promise all of them. */
  public static Fault resetAfter(long bytes) {
    return delivery(d -> d.cut(bytes, Delivery.Ending.RESET));
  }

  /** Closes the connection in order (FIN) after so many bytes; the headers promise all of them. */
  public static Fault closeAfter(long bytes) {
    return delivery(d -> d.cut(bytes, Delivery.Ending.CLOSE));
  }

  /** Sends so many bytes and then nothing more, the connection staying open. */
  public static Fault stall(long afterBytes) {
    return delivery(d -> d.cut(afterBytes, Delivery.Ending.STALL));
  }

  /** Carries the request out and closes the connection without a word. */
  public static Fault loseReply() {
    return delivery(d -> d.cut(0, Delivery.Ending.SILENCE));
  }

  /** Sends the body at a pace. */
  public static Fault slow(long bytesPerSecond) {
    return delivery(d -> d.paced(bytesPerSecond));
  }

  /** Waits before the first byte of the answer. */
  public static Fault latency(Duration delay) {
    return delivery(d -> d.delayed(delay));
  }

  /**
   * Waits before the first byte of each answer, another time from {@code least} to {@code most}.
   */
  public static Fault jitter(Duration least, Duration most, long seed) {
    Random random = new Random(seed);
    long spread = most.minus(least).toNanos();
    return delivery(d -> d.delayed(least.plusNanos((long) (spread * random.nextDouble()))));
  }

  /** Sends the body in packets of so many bytes. */
  public static Fault sliced(int bytes) {
    return delivery(d -> d.sliced(bytes));
  }

  /** Sends the body in chunks, without saying how long it is (RFC 9112 §7.1). */
  public static Fault chunked() {
    return delivery(d -> d.framed(Delivery.Framing.CHUNKED));
  }

  /** Answers as HTTP/1.0 may: without a length, the body ending where the connection does. */
  public static Fault http10() {
    return delivery(d -> d.framed(Delivery.Framing.CLOSE));
  }

  /** Sends text behind the body, and closes the connection; the length promised is the body's. */
  public static Fault trailing(String text) {
    return change(
        r ->
            r.with("Content-Length", Integer.toString(r.body().length))
                .with(joined(r.body(), text.getBytes(UTF_8))));
  }

  /** Lets something happen right before the request is served: somebody else's PUT, say. */
  public static Fault before(Runnable event) {
    return misread(
        request -> {
          event.run();
          return request;
        });
  }

  /** Serves the request as if it had not this header: {@code Range}, say, or {@code If-Match}. */
  public static Fault ignoring(String header) {
    return misread(r -> r.without(header));
  }

  /** Serves the request as if this header had been another. */
  public static Fault misreading(String header, String as) {
    return misread(r -> r.without(header).with(header, as));
  }

  /** Lists so many keys, or uploads, on a page. */
  public static Fault page(int keys) {
    return misread(
        r ->
            r.withParameter("max-keys", Integer.toString(keys))
                .withParameter("max-uploads", Integer.toString(keys)));
  }

  /** Begins a page of a listing with some of the keys that the page before it had ended with. */
  public static Fault overlap() {
    return misread(Listing::earlier);
  }

  /** Flips the lowest bit of one byte of the body; the headers stay those of the right bytes. */
  public static Fault flipBit(int offset) {
    return change(
        r -> {
          byte[] flipped = r.body().clone();
          flipped[offset] ^= 1;
          return r.with(flipped);
        });
  }

  /** Answers with another ETag; the quotation marks are added. */
  public static Fault etag(String etag) {
    return none().header("ETag", '"' + etag + '"');
  }

  /** Promises another length than the body has. */
  public static Fault contentLength(long length) {
    return none().header("Content-Length", Long.toString(length));
  }

  /** Returns this fault with a header set in the answer. */
  public Fault header(String name, String value) {
    return and(change(r -> r.with(name, value)));
  }

  /** Returns this fault with a {@code Retry-After} header: seconds, a date, or nonsense. */
  public Fault retryAfter(String value) {
    return header("Retry-After", value);
  }

  /** Returns this fault followed by another; the method is that of this one. */
  public Fault and(Fault then) {
    return new Fault(
        instead || then.instead,
        method,
        r -> then.misread.apply(misread.apply(r)),
        r -> then.change.apply(change.apply(r)));
  }

  /** Returns this fault for requests with this HTTP method only; others neither meet nor use it. */
  public Fault on(String onlyMethod) {
    return new Fault(instead, Optional.of(onlyMethod), misread, change);
  }

  boolean meets(String requestMethod) {
    return method.isEmpty() || method.get().equals(requestMethod);
  }

  boolean instead() {
    return instead;
  }

  /** Returns the request that the server takes this one for. */
  Request taken(Request request) {
    return misread.apply(request);
  }

  Response applyTo(Response response) {
    return change.apply(response);
  }
}
