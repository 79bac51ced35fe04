package org.cytobeam.bench.server;

/**
 * A page of a listing, as ListObjectsV2 answers (Amazon S3 API Reference). Keys have no character
 * that XML or URLs would escape; what a delimiter would fold is not folded.
 */
final class ListingPage {

  private static final int MOST_KEYS = 1_000;

  private ListingPage() {}

  /** Returns the page that a request asks for. */
  static String of(Stock stock, RequestHead request) {
    String prefix = request.parameter("prefix").orElse("");
    String after =
        request
            .parameter("continuation-token")
            .or(() -> request.parameter("start-after"))
            .orElse("");
    int most = request.parameter("max-keys").map(Integer::parseInt).orElse(MOST_KEYS);
    StringBuilder entries = new StringBuilder();
    String last = "";
    int count = 0;
    int place = firstAfter(stock, after, prefix);
    for (; place < stock.listed() && count < Math.min(most, MOST_KEYS); place++) {
      Stock.Listed object = stock.listed(place);
      if (!object.key().startsWith(prefix)) {
        break;
      }
      append(entries, object);
      last = object.key();
      count++;
    }
    boolean isTruncated =
        place < stock.listed() && stock.listed(place).key().startsWith(prefix) && count > 0;
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>"
        + stock.bucket()
        + "</Name><Prefix>"
        + prefix
        + "</Prefix><KeyCount>"
        + count
        + "</KeyCount><MaxKeys>"
        + most
        + "</MaxKeys><IsTruncated>"
        + isTruncated
        + "</IsTruncated>"
        + (isTruncated ? "<NextContinuationToken>" + last + "</NextContinuationToken>" : "")
        + entries
        + "</ListBucketResult>";
  }

  private static void append(StringBuilder page, Stock.Listed object) {
    page.append("<Contents><Key>")
        .append(object.key())
        .append("</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>&quot;")
        .append(object.etag())
        .append("&quot;</ETag><Size>")
        .append(object.bytes())
        .append("</Size><StorageClass>STANDARD</StorageClass></Contents>");
  }

  /** Returns the place of the first key behind a key that does not sort before the prefix. */
  private static int firstAfter(Stock stock, String after, String prefix) {
    int low = 0;
    int high = stock.listed();
    while (low < high) {
      int middle = (low + high) >>> 1;
      String key = stock.listed(middle).key();
      if (key.compareTo(after) > 0 && key.compareTo(prefix) >= 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
