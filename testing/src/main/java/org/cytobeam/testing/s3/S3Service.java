package org.cytobeam.testing.s3;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Carries requests out on the buckets. */
final class S3Service {

  private static final String REGION_HEADER = "x-amz-bucket-region";

  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final String knownKeyId;
  private final String region;

  S3Service(String knownKeyId, String region) {
    this.knownKeyId = knownKeyId;
    this.region = region;
  }

  void addBucket(String name, Access access) {
    buckets.put(name, new Bucket(access));
  }

  /** Returns a bucket that the test has made. */
  Bucket bucket(String name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw new IllegalArgumentException("no bucket " + name + "; there are " + buckets.keySet());
    }
    return bucket;
  }

  Response serve(Request request) {
    try {
      Bucket bucket = buckets.get(request.bucket());
      if (bucket == null) {
        throw new S3Exception(S3Error.NO_SUCH_BUCKET);
      }
      authorize(request, bucket);
      return request.key().isEmpty() ? onBucket(request, bucket) : onObject(request, bucket);
    } catch (S3Exception e) {
      return e.error().response();
    }
  }

  private void authorize(Request request, Bucket bucket) throws S3Exception {
    boolean known = request.accessKeyId().map(knownKeyId::equals).orElse(false);
    Optional<S3Error> refusal =
        switch (bucket.access()) {
          case OPEN -> Optional.empty();
          case UNSIGNED -> onlyIf(request.signed(), S3Error.INVALID_ACCESS_KEY_ID);
          case SIGNED ->
              onlyIf(!request.signed(), S3Error.ACCESS_DENIED)
                  .or(() -> onlyIf(!known, S3Error.INVALID_ACCESS_KEY_ID));
          case EXPIRED ->
              Optional.of(request.signed() ? S3Error.EXPIRED_TOKEN : S3Error.ACCESS_DENIED);
        };
    if (refusal.isPresent()) {
      throw new S3Exception(refusal.get());
    }
  }

  private static Optional<S3Error> onlyIf(boolean condition, S3Error error) {
    return condition ? Optional.of(error) : Optional.empty();
  }

  private Response onBucket(Request request, Bucket bucket) throws S3Exception {
    if (request.method().equals("HEAD")) {
      return Response.empty(200).with(REGION_HEADER, region);
    }
    if (request.method().equals("GET")
        && request.parameter("list-type").map("2"::equals).orElse(false)) {
      return Listing.of(request, bucket).with(REGION_HEADER, region);
    }
    if (request.method().equals("GET") && request.has("uploads")) {
      return UploadListing.of(request, bucket);
    }
    if (request.method().equals("POST") && request.has("delete")) {
      return deleteAll(request, bucket);
    }
    throw new S3Exception(S3Error.NOT_IMPLEMENTED);
  }

  private static Response deleteAll(Request request, Bucket bucket) throws S3Exception {
    Checksums.verified(request);
    boolean quiet = Xml.texts(request.body(), "Quiet").contains("true");
    Xml result = new Xml("DeleteResult");
    for (String key : Xml.texts(request.body(), "Key")) {
      bucket.delete(key);
      if (!quiet) {
        result.child(new Xml("Deleted").text("Key", key));
      }
    }
    return Response.xml(200, result);
  }

  private Response onObject(Request request, Bucket bucket) throws S3Exception {
    return switch (request.method()) {
      case "GET", "HEAD" -> Download.of(request, bucket.get(request.key()));
      case "PUT" -> write(request, bucket);
      case "POST" -> multipart(request, bucket);
      case "DELETE" -> delete(request, bucket);
      default -> throw new S3Exception(S3Error.NOT_IMPLEMENTED);
    };
  }

  private Response write(Request request, Bucket bucket) throws S3Exception {
    boolean part = request.has("uploadId");
    boolean copy = request.header("x-amz-copy-source").isPresent();
    if (part && copy) {
      throw new S3Exception(S3Error.NOT_IMPLEMENTED);
    }
    if (copy) {
      return copy(request, bucket);
    }
    return part ? putPart(request, bucket) : put(request, bucket);
  }

  private static Response put(Request request, Bucket bucket) throws S3Exception {
    synchronized (bucket) {
      Optional<StoredObject> before = bucket.find(request.key());
      boolean there = before.isPresent();
      Optional<String> ifMatch = request.header("If-Match");
      boolean other =
          ifMatch.isPresent() && !(there && Download.matches(ifMatch.get(), before.orElseThrow()));
      if (other || (there && request.header("If-None-Match").isPresent())) {
        throw new S3Exception(S3Error.PRECONDITION_FAILED);
      }
      Map<String, String> checksums = Checksums.verified(request);
      StoredObject object =
          StoredObject.whole(request.body(), StoredObject.metadata(request.headers()), checksums);
      bucket.put(request.key(), object);
      Response response = Response.empty(200).with("ETag", object.quotedEtag());
      for (var checksum : checksums.entrySet()) {
        response = response.with(checksum.getKey(), checksum.getValue());
      }
      return response;
    }
  }

  private Response copy(Request request, Bucket target) throws S3Exception {
    String source = Request.decode(request.header("x-amz-copy-source").orElseThrow());
    String[] names = (source.startsWith("/") ? source.substring(1) : source).split("/", 2);
    Bucket from = buckets.get(names[0]);
    if (from == null || names.length < 2) {
      throw new S3Exception(S3Error.NO_SUCH_BUCKET);
    }
    authorize(request, from);
    StoredObject original = from.get(names[1]);
    StoredObject copied =
        StoredObject.whole(original.bytes(), original.metadata(), original.checksums());
    target.put(request.key(), copied);
    Xml result = new Xml("CopyObjectResult");
    result.text("LastModified", copied.modified()).text("ETag", copied.quotedEtag());
    return Response.xml(200, result);
  }

  private static Response putPart(Request request, Bucket bucket) throws S3Exception {
    Map<String, String> checksums = Checksums.verified(request);
    int number = partNumber(request.parameter("partNumber").orElse(""));
    bucket.putPart(request.key(), request.parameter("uploadId").orElse(""), number, request.body());
    Response response =
        Response.empty(200).with("ETag", '"' + Checksums.hexMd5(request.body()) + '"');
    for (var checksum : checksums.entrySet()) {
      response = response.with(checksum.getKey(), checksum.getValue());
    }
    return response;
  }

  private static int partNumber(String text) throws S3Exception {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new S3Exception(S3Error.INVALID_ARGUMENT);
    }
  }

  private static Response multipart(Request request, Bucket bucket) throws S3Exception {
    String key = request.key();
    if (request.has("uploads")) {
      String id = bucket.beginUpload(key, StoredObject.metadata(request.headers()), Instant.now());
      Xml result = new Xml("InitiateMultipartUploadResult");
      result.text("Bucket", request.bucket()).text("Key", key).text("UploadId", id);
      return Response.xml(200, result);
    }
    if (request.has("uploadId")) {
      List<Integer> numbers = new ArrayList<>();
      for (String number : Xml.texts(request.body(), "PartNumber")) {
        numbers.add(partNumber(number));
      }
      String id = request.parameter("uploadId").orElse("");
      StoredObject object = bucket.completeUpload(key, id, numbers);
      Xml result = new Xml("CompleteMultipartUploadResult");
      result.text("Bucket", request.bucket()).text("Key", key);
      return Response.xml(200, result.text("ETag", object.quotedEtag()));
    }
    throw new S3Exception(S3Error.NOT_IMPLEMENTED);
  }

  private static Response delete(Request request, Bucket bucket) throws S3Exception {
    Optional<String> upload = request.parameter("uploadId");
    if (upload.isPresent()) {
      bucket.abortUpload(request.key(), upload.get());
    } else {
      bucket.delete(request.key());
    }
    return Response.empty(204);
  }
}
