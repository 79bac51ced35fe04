package org.cytobeam.io.s3;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * One page of a listing that is what it should be.
 *
 * @param objects ascending by key
 * @param next the token of the next page; null if this is the last one
 */
record ListedPage(List<ListedObject> objects, @Nullable String next) {

  /**
   * Reads an answer. Another document than a listing has neither of the elements that each listing
   * has, and would pass for an empty one.
   *
   * @param prefix what all keys begin with
   * @throws DamagedException if it is no listing, or not of these keys, or contradicts itself
   */
  static ListedPage of(ListObjectsV2Response answer, String prefix) throws DamagedException {
    Boolean truncated = answer.isTruncated();
    if (truncated == null) {
      throw lost("what was sent is not a listing");
    }
    Integer count = answer.keyCount();
    int listed = answer.contents().size();
    if (count != null && count != listed + answer.commonPrefixes().size()) {
      throw lost("a page is said to have " + count + " keys, and has " + listed);
    }
    String token = answer.nextContinuationToken();
    if (truncated && (token == null || token.isEmpty())) {
      throw lost("a page says that there are more, and not where");
    }
    return new ListedPage(objects(answer.contents(), prefix), truncated ? token : null);
  }

  private static List<ListedObject> objects(List<S3Object> contents, String prefix)
      throws DamagedException {
    List<ListedObject> objects = new ArrayList<>(contents.size());
    String last = "";
    for (S3Object object : contents) {
      ListedObject read = object(object);
      if (!read.key().startsWith(prefix)) {
        throw lost("\"" + read.key() + "\" is listed, which doesn't begin with the prefix");
      }
      if (KeyOrder.UTF_8.compare(read.key(), last) < 0) {
        throw new DamagedException(
            Reason.FAILED,
            "\""
                + read.key()
                + "\" is listed behind \""
                + last
                + "\": a bucket that lists its keys in another order than that of their bytes can't"
                + " be listed here");
      }
      last = read.key();
      objects.add(read);
    }
    return objects;
  }

  private static ListedObject object(S3Object object) throws DamagedException {
    String key = object.key();
    Long bytes = object.size();
    if (key == null || bytes == null) {
      throw lost("an object is listed without its key or its length");
    }
    String etag = object.eTag();
    Instant modified = object.lastModified();
    return new ListedObject(
        key,
        bytes,
        etag == null ? "" : etag.replace("\"", ""),
        modified == null ? 0 : modified.toEpochMilli());
  }

  private static DamagedException lost(String what) {
    return new DamagedException(Reason.TRUNCATED, what);
  }
}
