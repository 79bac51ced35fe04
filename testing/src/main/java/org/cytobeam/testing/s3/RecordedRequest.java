package org.cytobeam.testing.s3;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One line of a server's log.
 *
 * @param time when the whole request had been read
 * @param bucket empty if the address named none
 * @param key decoded; empty if the address named none
 * @param query decoded parameters of the address
 * @param headers by name, whatever its case
 * @param signed whether the request carried a signature
 * @param bodyLength bytes of the request's body, without any framing
 * @param status of the answer; while that is held back, of the one that is due
 */
public record RecordedRequest(
    Instant time,
    String method,
    String bucket,
    String key,
    Map<String, String> query,
    Map<String, String> headers,
    boolean signed,
    long bodyLength,
    int status) {

  static RecordedRequest of(Request request, int status) {
    return new RecordedRequest(
        Instant.now(),
        request.method(),
        request.bucket(),
        request.key(),
        request.query(),
        request.headers(),
        request.signed(),
        request.body().length,
        status);
  }

  /** Returns this request with another answer. */
  RecordedRequest answered(int otherStatus) {
    return new RecordedRequest(
        time, method, bucket, key, query, headers, signed, bodyLength, otherStatus);
  }

  /** Returns the {@code Range} header, if there was one. */
  public Optional<String> range() {
    return Optional.ofNullable(headers.get("Range"));
  }
}
