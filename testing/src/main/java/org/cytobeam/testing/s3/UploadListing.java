package org.cytobeam.testing.s3;

import java.util.List;
import java.util.function.UnaryOperator;

/** One page of {@code ListMultipartUploads}, without a delimiter. */
final class UploadListing {

  private static final int MAX_UPLOADS = 1000;

  private UploadListing() {}

  static Response of(Request request, Bucket bucket) throws S3Exception {
    String prefix = request.parameter("prefix").orElse("");
    List<Bucket.Upload> all =
        bucket.unfinishedUploads().stream()
            .filter(upload -> upload.key.startsWith(prefix))
            .toList();
    List<Bucket.Upload> rest = all.subList(begin(request, all), all.size());
    int listed = Math.min(maxUploads(request), rest.size());
    return Response.xml(200, page(request, prefix, rest.subList(0, listed), listed < rest.size()));
  }

  private static Xml page(
      Request request, String prefix, List<Bucket.Upload> uploads, boolean truncated) {
    UnaryOperator<String> encoding =
        request.parameter("encoding-type").isPresent() ? Listing::encode : UnaryOperator.identity();
    Xml xml =
        new Xml("ListMultipartUploadsResult")
            .text("Bucket", request.bucket())
            .text("Prefix", encoding.apply(prefix))
            .text("IsTruncated", truncated);
    request.parameter("encoding-type").ifPresent(type -> xml.text("EncodingType", type));
    if (truncated && !uploads.isEmpty()) {
      Bucket.Upload last = uploads.get(uploads.size() - 1);
      xml.text("NextKeyMarker", encoding.apply(last.key)).text("NextUploadIdMarker", last.id);
    }
    for (Bucket.Upload upload : uploads) {
      xml.child(
          new Xml("Upload")
              .text("Key", encoding.apply(upload.key))
              .text("UploadId", upload.id)
              .text("Initiated", upload.begun));
    }
    return xml;
  }

  /** Returns where the page begins: after the upload that the markers name. */
  private static int begin(Request request, List<Bucket.Upload> uploads) throws S3Exception {
    String key = request.parameter("key-marker").orElse("");
    String id = request.parameter("upload-id-marker").orElse("");
    if (key.isEmpty()) {
      return 0;
    }
    for (int i = 0; i < uploads.size(); i++) {
      if (uploads.get(i).key.equals(key) && uploads.get(i).id.equals(id)) {
        return i + 1;
      }
    }
    throw new S3Exception(S3Error.INVALID_ARGUMENT);
  }

  private static int maxUploads(Request request) throws S3Exception {
    try {
      return Math.min(
          MAX_UPLOADS, request.parameter("max-uploads").map(Integer::parseInt).orElse(MAX_UPLOADS));
    } catch (NumberFormatException e) {
      throw new S3Exception(S3Error.INVALID_ARGUMENT);
    }
  }
}
