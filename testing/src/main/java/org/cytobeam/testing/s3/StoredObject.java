package org.cytobeam.testing.s3;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An object as a bucket holds it.
 *
 * @param etag without quotation marks
 * @param metadata the headers of the PUT that come back with a GET
 * @param checksums {@code x-amz-checksum-*} headers by name in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredObject(
    byte[] bytes,
    String etag,
    Instant modified,
    Map<String, String> metadata,
    Map<String, String> checksums) {

  private static final List<String> KEPT =
      List.of("content-type", "content-encoding", "content-disposition", "cache-control");

  /** Returns an object put in one piece: its ETag is the MD5 of its bytes. */
  static StoredObject whole(
      byte[] bytes, Map<String, String> metadata, Map<String, String> checksums) {
    return of(bytes, Checksums.hexMd5(bytes), metadata, checksums);
  }

  static StoredObject of(
      byte[] bytes, String etag, Map<String, String> metadata, Map<String, String> checksums) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new StoredObject(bytes, etag, now, metadata, checksums);
  }

  /** Returns those headers of a request that describe the object that it puts. */
  static Map<String, String> metadata(Map<String, String> headers) {
    Map<String, String> metadata = new TreeMap<>();
    headers.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (KEPT.contains(lower) || lower.startsWith("x-amz-meta-")) {
            metadata.put(lower, value);
          }
        });
    metadata.remove("content-encoding", "aws-chunked");
    return metadata;
  }

  String quotedEtag() {
    return '"' + etag + '"';
  }
}
