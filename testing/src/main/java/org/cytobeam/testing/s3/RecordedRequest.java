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
 * @param status of the answer
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

  /** Returns the {@code Range} header, if there was one. */
  public Optional<String> range() {
    return Optional.ofNullable(headers.get("Range"));
  }
}
