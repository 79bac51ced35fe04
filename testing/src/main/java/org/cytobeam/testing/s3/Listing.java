package org.cytobeam.testing.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One page of {@code ListObjectsV2}.
 *
 * <p>The continuation token is the last key, or the last common prefix, of the page before.
 */
final class Listing {

  private static final int MAX_KEYS = 1000;

  private final Request request;
  private final String prefix;
  private final String delimiter;
  private final int maxKeys;
  private final UnaryOperator<String> encoding;
  private final List<Xml> contents = new ArrayList<>();
  private final Set<String> commonPrefixes = new LinkedHashSet<>();
  private String last = "";
  private boolean truncated;

  private Listing(Request request, int maxKeys) {
    this.request = request;
    this.prefix = request.parameter("prefix").orElse("");
    this.delimiter = request.parameter("delimiter").orElse("");
    this.maxKeys = maxKeys;
    boolean url = request.parameter("encoding-type").map("url"::equals).orElse(false);
    this.encoding = url ? Listing::encode : UnaryOperator.identity();
  }

  static Response of(Request request, Bucket bucket) throws S3Exception {
    Listing page = new Listing(request, maxKeys(request));
    String after =
        request
            .parameter("continuation-token")
            .map(Listing::key)
            .or(() -> request.parameter("start-after"))
            .orElse("");
    page.fill(bucket.after(after), after);
    return Response.xml(200, page.xml());
  }

  /** Returns a request for a page that begins a little before the end of the page before it. */
  static Request earlier(Request request) {
    Optional<String> after = request.parameter("continuation-token").map(Listing::key);
    return after
        .filter(key -> !key.isEmpty())
        .map(key -> token(key.substring(0, key.length() - 1)))
        .map(token -> request.withParameter("continuation-token", token))
        .orElse(request);
  }

  private static String token(String key) {
    return Base64.getUrlEncoder().encodeToString(key.getBytes(UTF_8));
  }

  private static String key(String token) {
    return new String(Base64.getUrlDecoder().decode(token), UTF_8);
  }

  private static int maxKeys(Request request) throws S3Exception {
    try {
      return Math.min(
          MAX_KEYS, request.parameter("max-keys").map(Integer::parseInt).orElse(MAX_KEYS));
    } catch (NumberFormatException e) {
      throw new S3Exception(S3Error.INVALID_ARGUMENT);
    }
  }

  private void fill(Map<String, StoredObject> objects, String after) {
    for (Map.Entry<String, StoredObject> entry : objects.entrySet()) {
      String key = entry.getKey();
      if (!key.startsWith(prefix)) {
        continue;
      }
      String common = commonPrefix(key);
      boolean listed =
          !common.isEmpty() && (commonPrefixes.contains(common) || common.equals(after));
      if (listed) {
        continue;
      }
      if (contents.size() + commonPrefixes.size() == maxKeys) {
        truncated = maxKeys > 0;
        return;
      }
      add(key, common, entry.getValue());
    }
  }

  private void add(String key, String common, StoredObject object) {
    if (common.isEmpty()) {
      contents.add(
          new Xml("Contents")
              .text("Key", encoding.apply(key))
              .text("LastModified", object.modified())
              .text("ETag", object.quotedEtag())
              .text("Size", object.bytes().length)
              .text("StorageClass", "STANDARD"));
      last = key;
    } else {
      commonPrefixes.add(common);
      last = common;
    }
  }

  private String commonPrefix(String key) {
    int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
    return end < 0 ? "" : key.substring(0, end + delimiter.length());
  }

  private Xml xml() {
    Xml xml =
        new Xml("ListBucketResult")
            .text("Name", request.bucket())
            .text("Prefix", encoding.apply(prefix))
            .text("MaxKeys", maxKeys)
            .text("KeyCount", contents.size() + commonPrefixes.size())
            .text("IsTruncated", truncated);
    if (!delimiter.isEmpty()) {
      xml.text("Delimiter", encoding.apply(delimiter));
    }
    request.parameter("encoding-type").ifPresent(type -> xml.text("EncodingType", type));
    if (truncated) {
      xml.text("NextContinuationToken", token(last));
    }
    contents.forEach(xml::child);
    for (String common : commonPrefixes) {
      xml.child(new Xml("CommonPrefixes").text("Prefix", encoding.apply(common)));
    }
    return xml;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("%2F", "/");
  }
}
