package org.cytobeam.bench.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What is answered to which request, and how many there were. */
final class Replies {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Stock stock;
  private final long latencyNanos;
  private long requests;
  private int inFlight;
  private int mostInFlight;

  Replies(Stock stock, int latencyMillis) {
    this.stock = stock;
    this.latencyNanos = latencyMillis * NANOS_PER_MILLI;
  }

  /** Returns the answer to a request. {@link #ended} must be called for it once. */
  Reply to(String head) {
    RequestHead request = RequestHead.of(head);
    inFlight++;
    if (request.target().equals(ObjectServer.COUNTS)) {
      return text("200 OK", requests + " " + mostInFlight, request, 0);
    }
    requests++;
    mostInFlight = Math.max(mostInFlight, inFlight);
    if (!request.isGet() && !request.isHead()) {
      return text("405 Method Not Allowed", "", request, 0);
    }
    String bucket = "/" + stock.bucket();
    String path = request.path();
    if (path.equals(bucket) || path.equals(bucket + "/")) {
      return text("200 OK", ListingPage.of(stock, request), request, latencyNanos);
    }
    Optional<StoredObject> found =
        path.startsWith(bucket + "/")
            ? stock.find(path.substring(bucket.length() + 1))
            : Optional.empty();
    return found
        .map(object -> object(object, request))
        .orElseGet(
            () ->
                text(
                    "404 Not Found",
                    "<Error><Code>NoSuchKey</Code><Message>there is no such key</Message></Error>",
                    request,
                    latencyNanos));
  }

  /** Counts an answer that was sent, or whose connection broke. */
  void ended() {
    inFlight--;
  }

  private Reply object(StoredObject object, RequestHead request) {
    long length = object.content().length();
    Optional<RequestHead.Range> range = request.range(length);
    long from = range.map(RequestHead.Range::from).orElse(0L);
    long end = range.map(RequestHead.Range::end).orElse(length);
    String head =
        String.join(
            "\r\n",
            range.isPresent() ? "HTTP/1.1 206 Partial Content" : "HTTP/1.1 200 OK",
            "Server: cytobeam-bench",
            "x-amz-request-id: BENCH",
            "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT",
            "Accept-Ranges: bytes",
            "Content-Type: application/octet-stream",
            "ETag: \"" + object.etag() + "\"",
            "Content-Length: " + (end - from),
            "");
    if (range.isPresent()) {
      head += "Content-Range: bytes " + from + "-" + (end - 1) + "/" + length + "\r\n";
    }
    return new Reply(
        bytes(head + "\r\n"),
        object.content(),
        from,
        request.isGet() ? end : from,
        latencyNanos,
        request.asksToClose());
  }

  private static Reply text(String status, String body, RequestHead request, long delayNanos) {
    byte[] text = body.getBytes(StandardCharsets.US_ASCII);
    String head =
        "HTTP/1.1 "
            + status
            + "\r\nContent-Length: "
            + text.length
            + "\r\n"
            + "Content-Type: application/xml\r\nx-amz-request-id: BENCH\r\n\r\n";
    return new Reply(
        bytes(head),
        Content.of(text),
        0,
        request.isHead() ? 0 : text.length,
        delayNanos,
        request.asksToClose());
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
