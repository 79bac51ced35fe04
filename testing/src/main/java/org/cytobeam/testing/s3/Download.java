package org.cytobeam.testing.s3;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers GET and HEAD of one object: conditions, ranges, checksums (RFC 9110 §13 and §14). */
final class Download {

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Download() {}

  static Response of(Request request, StoredObject object) throws S3Exception {
    if (request.header("If-Match").map(tag -> !matches(tag, object)).orElse(false)) {
      throw new S3Exception(S3Error.PRECONDITION_FAILED);
    }
    if (request.header("If-None-Match").map(tag -> matches(tag, object)).orElse(false)) {
      return describe(Response.empty(304), object);
    }
    boolean rangeHolds = request.header("If-Range").map(tag -> matches(tag, object)).orElse(true);
    Optional<Matcher> range =
        request
            .header("Range")
            .filter(r -> rangeHolds)
            .map(RANGE::matcher)
            .filter(Matcher::matches);
    return range.isPresent() ? part(object, range.get()) : whole(request, object);
  }

  /** Tells whether an If-Match or If-None-Match header names the object's ETag. */
  static boolean matches(String header, StoredObject object) {
    return Arrays.stream(header.split(","))
        .map(tag -> tag.strip().replace("\"", ""))
        .anyMatch(tag -> tag.equals("*") || tag.equals(object.etag()));
  }

  private static Response whole(Request request, StoredObject object) {
    Response response = describe(Response.empty(200), object).with(object.bytes());
    if (request.header("x-amz-checksum-mode").isPresent() && !object.checksums().isEmpty()) {
      for (var checksum : object.checksums().entrySet()) {
        response = response.with(checksum.getKey(), checksum.getValue());
      }
      response = response.with("x-amz-checksum-type", "FULL_OBJECT");
    }
    return response;
  }

  private static Response part(StoredObject object, Matcher range) throws S3Exception {
    int size = object.bytes().length;
    long first;
    long last;
    if (range.group(1).isEmpty()) {
      long suffix = range.group(2).isEmpty() ? 0 : Long.parseLong(range.group(2));
      first = Math.max(0, size - suffix);
      last = suffix == 0 ? -1 : size - 1L;
    } else {
      first = Long.parseLong(range.group(1));
      last = range.group(2).isEmpty() ? size - 1L : Long.parseLong(range.group(2));
    }
    last = Math.min(last, size - 1L);
    if (first > last) {
      throw new S3Exception(S3Error.INVALID_RANGE);
    }
    return describe(Response.empty(206), object)
        .with("Content-Range", "bytes " + first + "-" + last + "/" + size)
        .with(Arrays.copyOfRange(object.bytes(), (int) first, (int) last + 1));
  }

  private static Response describe(Response response, StoredObject object) {
    Response described =
        response
            .with("ETag", object.quotedEtag())
            .with("Last-Modified", HTTP_DATE.format(object.modified()))
            .with("Accept-Ranges", "bytes")
            .with("Content-Type", "application/octet-stream");
    for (var header : object.metadata().entrySet()) {
      described = described.with(header.getKey(), header.getValue());
    }
    return described;
  }
}
